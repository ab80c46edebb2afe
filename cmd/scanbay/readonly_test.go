//go:build linux

package main

import (
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"syscall"
	"testing"

	"scanbay/store"
)

// nobody is who owns nothing.
const nobody = 65534

// TestAFolderThatCannotBeWritten: people who may not write to a folder are told so,
// and so is everybody where the disk itself is read-only. Root may write anywhere,
// so a test that root runs becomes nobody.
func TestAFolderThatCannotBeWritten(t *testing.T) {
	refused := func(t *testing.T, folder string, as *syscall.SysProcAttr) {
		for _, text := range languages() {
			cmd := exec.Command(program(t), "--lang", text.Tag(), "station",
				"--db", filepath.Join(folder, "bay.db"))
			cmd.SysProcAttr = as
			out, err := cmd.CombinedOutput()
			words := text.Faults()[store.ReadOnly]
			if err == nil || !strings.Contains(string(out), words.Problem) ||
				!strings.Contains(string(out), words.Remedy) {
				t.Errorf("%v: %s", err, out)
			}
		}
		if left, err := os.ReadDir(folder); err != nil || len(left) > 0 {
			t.Errorf("it left %v (%v)", left, err)
		}
	}
	t.Run("by its rights", func(t *testing.T) {
		folder := openToAll(t)
		must(t, os.Chmod(folder, 0o555))
		as := &syscall.SysProcAttr{}
		if os.Geteuid() == 0 {
			as.Credential = &syscall.Credential{Uid: nobody, Gid: nobody}
		}
		refused(t, folder, as)
	})
	t.Run("by its disk", func(t *testing.T) {
		folder := openToAll(t)
		const bind = syscall.MS_BIND
		const readOnly = syscall.MS_REMOUNT | bind | syscall.MS_RDONLY
		if err := syscall.Mount(folder, folder, "", bind, ""); err != nil {
			t.Skip("only root may mount: ", err)
		}
		t.Cleanup(func() { _ = syscall.Unmount(folder, 0) })
		if err := syscall.Mount("", folder, "", readOnly, ""); err != nil {
			t.Skip("only root may mount read-only: ", err)
		}
		refused(t, folder, nil)
	})
}

// openToAll is a folder that everybody can go into, unlike t.TempDir's.
func openToAll(t *testing.T) string {
	t.Helper()
	folder, err := os.MkdirTemp("", "scanbay-folder-")
	must(t, err)
	t.Cleanup(func() {
		_ = os.Chmod(folder, 0o755)
		_ = os.RemoveAll(folder)
	})
	return folder
}
