package main

import (
	"bufio"
	"bytes"
	"context"
	"fmt"
	"io"
	"os/exec"
	"strings"
	"sync"
	"syscall"
	"time"
)

// A process is this program with some arguments, begun again whenever it is killed.
type process struct {
	program string
	args    []string
	said    func(line string)    // each line that it says; {} when it begins
	down    func() time.Duration // how long it is away after it ended
	waits   bool                 // it may fail to begin: what it needs is away at times

	mu     sync.Mutex
	cmd    *exec.Cmd // that runs
	in     io.Closer // which it ends with
	killed bool
	ending bool
	kills  int
	odd    []string // how it ended by itself
	gone   chan struct{}
}

// begin runs it until it is told to end, or ctx ends.
func (p *process) begin(ctx context.Context) {
	p.gone = make(chan struct{})
	go func() {
		defer close(p.gone)
		for p.once(ctx) {
			pause(ctx, p.down())
		}
	}()
}

// once runs it until it ends, and says whether it is to begin again.
func (p *process) once(ctx context.Context) (again bool) {
	p.said("{}")
	var trouble bytes.Buffer
	cmd := exec.CommandContext(ctx, p.program, p.args...)
	cmd.Stderr, cmd.WaitDelay = &trouble, stopTimeout
	cmd.Cancel = func() error { return cmd.Process.Signal(syscall.SIGTERM) }
	in, err := cmd.StdinPipe()
	var out io.ReadCloser
	if err == nil {
		out, err = cmd.StdoutPipe()
	}
	if err == nil {
		err = p.start(cmd, in)
	}
	worked := false
	if err == nil {
		lines := bufio.NewScanner(out)
		for lines.Scan() {
			worked = true
			p.said(lines.Text())
		}
		err = cmd.Wait()
	}
	p.mu.Lock()
	defer p.mu.Unlock()
	excused := p.killed || ctx.Err() != nil || p.ending && err == nil || p.waits && !worked
	if !excused {
		p.odd = append(p.odd, fmt.Sprintf("%s ended: %v\n%s", p.args[0], err,
			strings.TrimSpace(trouble.String())))
	}
	p.cmd, p.killed = nil, false
	return !p.ending && ctx.Err() == nil
}

func (p *process) start(cmd *exec.Cmd, in io.Closer) error {
	p.mu.Lock()
	defer p.mu.Unlock()
	err := cmd.Start()
	if err == nil {
		p.cmd, p.in = cmd, in
	}
	return err
}

// kill ends it as a power cut does; it says whether it was running.
func (p *process) kill() bool {
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.cmd == nil || p.killed || p.cmd.Process.Kill() != nil {
		return false
	}
	p.killed = true
	p.kills++
	return true
}

// end ends it as a person does, and waits for it.
func (p *process) end() {
	p.mu.Lock()
	p.ending = true
	if p.cmd != nil {
		_ = p.in.Close()
		if p.cmd.Process.Signal(syscall.SIGTERM) != nil { // there are no signals here
			p.killed = p.cmd.Process.Kill() == nil
		}
	}
	p.mu.Unlock()
	select {
	case <-p.gone:
	case <-time.After(2 * stopTimeout):
		p.mu.Lock()
		p.odd = append(p.odd, p.args[0]+" does not end")
		if p.cmd != nil {
			_ = p.cmd.Process.Signal(syscall.SIGQUIT) // it says where it hangs
		}
		p.mu.Unlock()
		<-p.gone
	}
}

// odds is how it ended by itself.
func (p *process) odds() []string {
	p.mu.Lock()
	defer p.mu.Unlock()
	return p.odd
}
