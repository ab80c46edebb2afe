//go:build !unix

package printer

import "syscall"

// detached is a process that has no terminal: nothing is to be done for it here.
func detached() *syscall.SysProcAttr { return nil }
