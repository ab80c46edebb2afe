//go:build unix

package printer

import "syscall"

// detached is a process that has no terminal.
func detached() *syscall.SysProcAttr { return &syscall.SysProcAttr{Setsid: true} }
