package disk

import (
	"modernc.org/libc"
	lib "modernc.org/sqlite/lib"
)

// shm is the memory that the connections of one database in WAL mode share, and the
// locks on it. Its regions are C memory: SQLite reads them without a lock and checks
// what it read, which the race detector would not understand.
type shm struct {
	regions []uintptr
	users   int
	held    [lib.SQLITE_SHM_NLOCK]int // by how many that read, or -1: by one that writes
}

func (d *Disk) shmMap(tls *libc.TLS, file uintptr, i, size, extend int32, out uintptr) int32 {
	d.mu.Lock()
	defer d.mu.Unlock()
	*at[uintptr](out) = 0
	h := d.alive(file)
	if h == nil {
		return lib.SQLITE_IOERR_SHMMAP
	}
	if h.shm == nil {
		if h.node.shm == nil {
			h.node.shm = &shm{}
		}
		h.shm = h.node.shm
		h.shm.users++
	}
	for extend != 0 && len(h.shm.regions) <= int(i) {
		region := lib.Xsqlite3_malloc64(tls, uint64(size))
		if region == 0 {
			return lib.SQLITE_NOMEM
		}
		clear(bytesAt(region, size))
		h.shm.regions = append(h.shm.regions, region)
	}
	if int(i) < len(h.shm.regions) {
		*at[uintptr](out) = h.shm.regions[i]
	}
	return lib.SQLITE_OK
}

func (d *Disk) shmLock(_ *libc.TLS, file uintptr, first, n, flags int32) int32 {
	d.mu.Lock()
	defer d.mu.Unlock()
	h := d.alive(file)
	if h == nil || h.shm == nil {
		return lib.SQLITE_IOERR_SHMLOCK
	}
	mask := uint16(1)<<(first+n) - uint16(1)<<first
	switch {
	case flags&lib.SQLITE_SHM_UNLOCK != 0:
		h.shmUnlock(mask)
	case flags&lib.SQLITE_SHM_SHARED != 0:
		return h.shmShare(mask)
	default:
		return h.shmExclude(mask)
	}
	return lib.SQLITE_OK
}

func (h *handle) shmShare(mask uint16) int32 {
	mask &^= h.shares
	for i, held := range h.shm.held {
		if mask>>i&1 == 1 && held < 0 {
			return lib.SQLITE_BUSY
		}
	}
	for i := range h.shm.held {
		h.shm.held[i] += int(mask >> i & 1)
	}
	h.shares |= mask
	return lib.SQLITE_OK
}

func (h *handle) shmExclude(mask uint16) int32 {
	mask &^= h.excludes
	for i, held := range h.shm.held {
		if mask>>i&1 == 1 && held != 0 {
			return lib.SQLITE_BUSY
		}
	}
	for i := range h.shm.held {
		h.shm.held[i] -= int(mask >> i & 1)
	}
	h.excludes |= mask
	return lib.SQLITE_OK
}

func (h *handle) shmUnlock(mask uint16) {
	for i := range h.shm.held {
		h.shm.held[i] += int(mask&h.excludes>>i&1) - int(mask&h.shares>>i&1)
	}
	h.shares, h.excludes = h.shares&^mask, h.excludes&^mask
}

// shmBarrier orders what was written before against what is read after.
func (d *Disk) shmBarrier(*libc.TLS, uintptr) {
	d.mu.Lock()
	defer d.mu.Unlock()
}

// shmUnmap works for dead files too: their memory is theirs until they let go of it.
func (d *Disk) shmUnmap(tls *libc.TLS, file uintptr, _ int32) int32 {
	d.mu.Lock()
	defer d.mu.Unlock()
	if h := d.open[file]; h != nil {
		h.shmLeave(tls)
	}
	return lib.SQLITE_OK
}

func (h *handle) shmLeave(tls *libc.TLS) {
	if h.shm == nil {
		return
	}
	h.shmUnlock(^uint16(0))
	if h.shm.users--; h.shm.users == 0 {
		for _, region := range h.shm.regions {
			lib.Xsqlite3_free(tls, region)
		}
		if h.node.shm == h.shm {
			h.node.shm = nil
		}
	}
	h.shm = nil
}
