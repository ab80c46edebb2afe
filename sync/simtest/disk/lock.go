package disk

import (
	"modernc.org/libc"
	lib "modernc.org/sqlite/lib"
)

// locks is who holds a file: all that read it, and the one that is to write or writes.
type locks struct {
	readers int
	writer  *handle // RESERVED or above; its level says which
}

func (d *Disk) lock(_ *libc.TLS, file uintptr, level int32) int32 {
	d.mu.Lock()
	defer d.mu.Unlock()
	h := d.alive(file)
	if h == nil || h.readOnly && level > lib.SQLITE_LOCK_SHARED {
		return lib.SQLITE_IOERR_LOCK
	}
	return h.lock(level)
}

// lock is what SQLite's own VFS does among the connections of one process.
func (h *handle) lock(level int32) int32 {
	l := &h.node.locks
	switch {
	case h.level >= level:
		return lib.SQLITE_OK
	case level == lib.SQLITE_LOCK_SHARED:
		if l.writer != nil && l.writer.level >= lib.SQLITE_LOCK_PENDING {
			return lib.SQLITE_BUSY
		}
		l.readers++
	case l.writer != nil && l.writer != h:
		return lib.SQLITE_BUSY
	case level == lib.SQLITE_LOCK_EXCLUSIVE && l.readers > 1:
		if h.level == lib.SQLITE_LOCK_RESERVED { // no more readers come in
			h.level = lib.SQLITE_LOCK_PENDING
		}
		return lib.SQLITE_BUSY
	default:
		l.writer = h
	}
	h.level = level
	return lib.SQLITE_OK
}

func (d *Disk) unlock(_ *libc.TLS, file uintptr, level int32) int32 {
	d.mu.Lock()
	defer d.mu.Unlock()
	h := d.alive(file)
	if h == nil {
		return lib.SQLITE_IOERR_UNLOCK
	}
	h.unlock(level)
	return lib.SQLITE_OK
}

func (h *handle) unlock(level int32) {
	if h.level <= level {
		return
	}
	if h.node.locks.writer == h {
		h.node.locks.writer = nil
	}
	if level == lib.SQLITE_LOCK_NONE {
		h.node.locks.readers--
	}
	h.level = level
}

func (d *Disk) checkReservedLock(_ *libc.TLS, file, out uintptr) int32 {
	d.mu.Lock()
	defer d.mu.Unlock()
	h := d.alive(file)
	if h == nil {
		return lib.SQLITE_IOERR_CHECKRESERVEDLOCK
	}
	*at[int32](out) = flag(h.node.locks.writer != nil)
	return lib.SQLITE_OK
}

func flag(is bool) int32 {
	if is {
		return 1
	}
	return 0
}
