package main

import (
	"errors"
	"math/rand/v2"
	"net"
	"sync"
	"time"
)

// What can happen to a connection.
type lineFault string

const (
	lineCut    lineFault = "cut"    // it ends in an orderly way, in the middle of anything
	lineReset  lineFault = "reset"  // it ends at once
	lineSilent lineFault = "silent" // nothing comes through, and nobody is told
	lineSlow   lineFault = "slow"   // all of it comes late, and then it ends
	lineOutage lineFault = "outage" // all connections end, and none is made for a while
)

// lineFaults is what a connection is in for, some more often than others.
var lineFaults = [...]lineFault{lineCut, lineCut, lineReset, lineReset, lineSilent, lineSlow}

const (
	lineBytes  = 1 << 20     // about so many come through before something happens,
	lineLife   = time.Second // or for about so long
	lineDelay  = 300 * time.Millisecond
	lineMute   = 6 * time.Second // how long a silent connection stays open, at most
	lineOut    = 1500 * time.Millisecond
	outEvery   = 6 * time.Second // about
	lineBuffer = 16 << 10
)

// A badLine is the line between stations and central, and fails as lines do. It sees
// bytes: what they are is between the two ends.
type badLine struct {
	to       string
	listener net.Listener
	running  sync.WaitGroup
	ended    chan struct{}

	mu     sync.Mutex
	chance *rand.Rand
	calls  map[*lineCall]bool
	out    bool // none is made now
	good   bool // nothing fails from now on
	faults map[lineFault]int
}

// openLine opens a bad line to an address on this computer.
func openLine(to string, seed uint64) (*badLine, error) {
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		return nil, err
	}
	l := &badLine{to: to, listener: listener, ended: make(chan struct{}),
		chance: rand.New(rand.NewPCG(seed, 0)), calls: map[*lineCall]bool{},
		faults: map[lineFault]int{}}
	l.running.Go(l.accept)
	l.running.Go(l.outages)
	return l, nil
}

// address is where stations find the line.
func (l *badLine) address() string { return l.listener.Addr().String() }

// heal ends what is wrong with the line.
func (l *badLine) heal() {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.good, l.out = true, false
}

// close ends the line.
func (l *badLine) close() error {
	close(l.ended)
	err := l.listener.Close()
	l.mu.Lock()
	l.out = true // for whoever was just let in
	l.mu.Unlock()
	l.each(func(c *lineCall) { c.end(lineReset) })
	l.running.Wait()
	return err
}

func (l *badLine) each(do func(*lineCall)) {
	l.mu.Lock()
	var all []*lineCall
	for c := range l.calls {
		all = append(all, c)
	}
	l.mu.Unlock()
	for _, c := range all {
		do(c)
	}
}

// count is how often each fault has struck.
func (l *badLine) count() map[lineFault]int {
	l.mu.Lock()
	defer l.mu.Unlock()
	out := map[lineFault]int{}
	for f, n := range l.faults {
		out[f] = n
	}
	return out
}

func (l *badLine) accept() {
	for {
		near, err := l.listener.Accept()
		if err != nil {
			return // it was closed
		}
		l.running.Go(func() { l.carry(near) })
	}
}

// outages takes the whole line away now and then.
func (l *badLine) outages() {
	for {
		l.mu.Lock()
		wait, long := l.upTo(2*outEvery), l.upTo(lineOut)
		l.mu.Unlock()
		if l.pause(wait) || !l.setOut(true) {
			return
		}
		l.each(func(c *lineCall) { c.end(lineReset) })
		if l.pause(long) || !l.setOut(false) {
			return
		}
	}
}

// setOut begins or ends an outage; a line that is healed has none.
func (l *badLine) setOut(out bool) bool {
	l.mu.Lock()
	defer l.mu.Unlock()
	if l.good {
		return false
	}
	if l.out = out; out {
		l.faults[lineOutage]++
	}
	return true
}

// upTo is a time below most. The line is locked.
func (l *badLine) upTo(most time.Duration) time.Duration {
	return time.Duration(l.chance.Int64N(int64(most)))
}

// pause waits, and says whether the line ended meanwhile.
func (l *badLine) pause(d time.Duration) (ended bool) {
	late := time.NewTimer(d)
	defer late.Stop()
	select {
	case <-l.ended:
		return true
	case <-late.C:
		return false
	}
}

// A lineCall is one connection through the line.
type lineCall struct {
	*badLine
	near, far net.Conn
	fate      lineFault
	delay     time.Duration

	once  sync.Once
	state sync.Mutex
	left  int  // bytes, until the fate strikes
	old   bool // it strikes with the next byte
	mute  bool // it has struck, and it is silence
}

// carry connects one end with the other.
func (l *badLine) carry(near net.Conn) {
	far, err := net.Dial("tcp", l.to)
	if err != nil {
		_ = near.Close() // central is not there
		return
	}
	l.mu.Lock()
	c := &lineCall{badLine: l, near: near, far: far,
		fate: lineFaults[l.chance.IntN(len(lineFaults))], delay: 1 + l.upTo(lineDelay),
		left: int(l.chance.ExpFloat64() * lineBytes)}
	life := time.Duration(l.chance.ExpFloat64() * float64(lineLife))
	l.calls[c] = true
	refused := l.out
	l.mu.Unlock()
	if refused {
		c.end(lineReset)
	}
	aged := time.AfterFunc(life, c.age)
	defer aged.Stop()
	var both sync.WaitGroup
	both.Go(func() { c.copy(far, near) })
	both.Go(func() { c.copy(near, far) })
	both.Wait()
	c.end(lineCut)
	l.mu.Lock()
	delete(l.calls, c)
	l.mu.Unlock()
}

// copy carries one direction until either end, or the fate of the call.
func (c *lineCall) copy(to, from net.Conn) {
	defer c.end(lineCut)
	buf := make([]byte, lineBuffer)
	for {
		n, err := from.Read(buf)
		if n > 0 && !c.pass(n) {
			return
		}
		if c.isMute() {
			n = 0
		}
		if _, writeErr := to.Write(buf[:n]); errors.Join(err, writeErr) != nil {
			return
		}
	}
}

// pass lets n bytes through, in time or late; it says whether the call goes on.
func (c *lineCall) pass(n int) bool {
	c.mu.Lock()
	good := c.good
	c.mu.Unlock()
	if c.isMute() || good {
		return true
	}
	if c.fate == lineSlow && c.pause(c.delay) {
		return false
	}
	c.state.Lock()
	c.left -= n
	strikes := c.left <= 0 || c.old
	c.state.Unlock()
	if strikes {
		c.strike()
	}
	return !strikes || c.fate == lineSilent
}

// age has the fate strike in the middle of what comes next.
func (c *lineCall) age() {
	c.state.Lock()
	defer c.state.Unlock()
	c.old = true
}

func (c *lineCall) isMute() bool {
	c.state.Lock()
	defer c.state.Unlock()
	return c.mute
}

// strike does to the call what it was in for.
func (c *lineCall) strike() {
	c.mu.Lock()
	c.faults[c.fate]++
	long := c.upTo(lineMute)
	c.mu.Unlock()
	if c.fate != lineSilent {
		c.end(c.fate)
		return
	}
	c.state.Lock()
	c.mute = true
	c.state.Unlock()
	c.running.Go(func() {
		c.pause(long)
		c.end(lineReset)
	})
}

// end ends the call on both sides; after a reset what is under way is lost.
func (c *lineCall) end(how lineFault) {
	c.once.Do(func() {
		for _, side := range []net.Conn{c.near, c.far} {
			if tcp, ok := side.(*net.TCPConn); ok && how == lineReset {
				_ = tcp.SetLinger(0)
			}
			_ = side.Close() // it may be gone
		}
	})
}

// freePort is an address of this computer that nobody listens at.
func freePort() (string, error) {
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		return "", err
	}
	return listener.Addr().String(), listener.Close()
}
