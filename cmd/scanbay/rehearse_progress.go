package main

import (
	"fmt"
	"os"
	"time"

	"golang.org/x/term"
)

const progressEvery = 500 * time.Millisecond

// progress writes a line that renews itself, where a person looks at it; the
// function ends it.
func (r *rehearsal) progress() (stop func()) {
	f, ok := r.console.Err.(*os.File)
	if !ok || !term.IsTerminal(int(f.Fd())) {
		return func() {}
	}
	ended, gone := make(chan struct{}), make(chan struct{})
	go func() {
		defer close(gone)
		for {
			select {
			case <-ended:
				fmt.Fprint(f, "\r\x1b[K")
				return
			case <-time.After(progressEvery):
				done, all := r.floor.gone(), len(r.demand.orders)
				fmt.Fprintf(f, "\r%s\x1b[K", r.words().RehearsalGoes(done, all))
			}
		}
	}()
	return func() {
		close(ended)
		<-gone
	}
}
