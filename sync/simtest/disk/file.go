package disk

import (
	"slices"

	"modernc.org/libc"
	lib "modernc.org/sqlite/lib"
)

// A handle is a file that SQLite opened.
type handle struct {
	node     *node
	name     string // "" for a temporary file, on which nothing is worth a fault
	life     int    // of the disk, when it was opened
	readOnly bool   // which locks nobody out
	level    int32
	shm      *shm
	shares   uint16 // of the locks on shm
	excludes uint16
}

// alive is a file that may still be used: no crash came since it was opened.
func (d *Disk) alive(file uintptr) *handle {
	h := d.open[file]
	if h == nil || h.life != d.life {
		return nil
	}
	return h
}

func (d *Disk) close(tls *libc.TLS, file uintptr) int32 {
	d.mu.Lock()
	defer d.mu.Unlock()
	h := d.open[file]
	delete(d.open, file)
	h.shmLeave(tls)
	if h.life == d.life {
		h.unlock(lib.SQLITE_LOCK_NONE)
	}
	return lib.SQLITE_OK
}

func (d *Disk) read(_ *libc.TLS, file, to uintptr, n int32, off int64) int32 {
	d.mu.Lock()
	defer d.mu.Unlock()
	h := d.alive(file)
	if h == nil {
		return lib.SQLITE_IOERR_READ
	}
	if h.node.now.read(bytesAt(to, n), off) < int(n) {
		return lib.SQLITE_IOERR_SHORT_READ
	}
	return lib.SQLITE_OK
}

func (d *Disk) write(_ *libc.TLS, file, from uintptr, n int32, off int64) int32 {
	d.mu.Lock()
	defer d.mu.Unlock()
	h := d.alive(file)
	switch {
	case h == nil:
		return lib.SQLITE_IOERR_WRITE
	case h.name == "":
		h.node.now.write(bytesAt(from, n), off)
		return lib.SQLITE_OK
	}
	data := slices.Clone(d.fitting(h.node, bytesAt(from, n), off))
	if len(data) > 0 {
		if !d.put(h.node, change{off, data}) {
			return lib.SQLITE_IOERR_WRITE
		}
		d.stats.Writes++
		h.node.now.write(data, off)
	}
	if len(data) < int(n) {
		d.stats.Full++
		return lib.SQLITE_FULL
	}
	return lib.SQLITE_OK
}

// fitting is as much of a write as there is room for.
func (d *Disk) fitting(n *node, p []byte, off int64) []byte {
	if d.room == 0 {
		return p
	}
	room := d.room
	for _, other := range d.names {
		room -= other.now.size
	}
	end := n.now.size + max(0, room)
	return p[:max(0, min(int64(len(p)), end-off))]
}

func (d *Disk) truncate(_ *libc.TLS, file uintptr, size int64) int32 {
	d.mu.Lock()
	defer d.mu.Unlock()
	h := d.alive(file)
	if h == nil {
		return lib.SQLITE_IOERR_TRUNCATE
	}
	if h.name != "" && !d.put(h.node, change{off: size}) {
		return lib.SQLITE_IOERR_TRUNCATE
	}
	h.node.now.resize(size)
	return lib.SQLITE_OK
}

func (d *Disk) sync(_ *libc.TLS, file uintptr, _ int32) int32 {
	d.mu.Lock()
	defer d.mu.Unlock()
	h := d.alive(file)
	if h == nil {
		return lib.SQLITE_IOERR_FSYNC
	}
	if h.name == "" {
		return lib.SQLITE_OK
	}
	if !d.change() {
		return lib.SQLITE_IOERR_FSYNC
	}
	switch d.synced() {
	case failed:
		h.node.safe, h.node.pending = d.survivors(h.node), nil
		return lib.SQLITE_IOERR_FSYNC
	case done:
		h.node.flush()
		// With a new file, its name: and with a name, all of the folder.
		if d.names[h.name] == h.node && d.safe[h.name] != h.node {
			d.syncFolder(h.name)
		}
	}
	return lib.SQLITE_OK
}

type outcome int

const (
	done outcome = iota
	failed
	lied
)

func (d *Disk) synced() outcome {
	d.stats.Syncs++
	if d.failSync > 0 {
		if d.failSync--; d.failSync == 0 {
			d.stats.FailedSyncs++
			return failed
		}
	}
	if d.lying {
		d.stats.LyingSyncs++
		return lied
	}
	return done
}

func (d *Disk) fileSize(_ *libc.TLS, file, out uintptr) int32 {
	d.mu.Lock()
	defer d.mu.Unlock()
	h := d.alive(file)
	if h == nil {
		return lib.SQLITE_IOERR_FSTAT
	}
	*at[int64](out) = h.node.now.size
	return lib.SQLITE_OK
}

// fileControl leaves all to SQLite, which does well without.
func (d *Disk) fileControl(_ *libc.TLS, file uintptr, _ int32, _ uintptr) int32 {
	d.mu.Lock()
	defer d.mu.Unlock()
	if d.alive(file) == nil {
		return lib.SQLITE_IOERR
	}
	return lib.SQLITE_NOTFOUND
}

// sectorSize and characteristics are those that SQLite takes for granted on a real file
// system: what is beside a write is not harmed.
func (d *Disk) sectorSize(*libc.TLS, uintptr) int32 { return 4096 }

func (d *Disk) characteristics(*libc.TLS, uintptr) int32 {
	return lib.SQLITE_IOCAP_POWERSAFE_OVERWRITE | lib.SQLITE_IOCAP_SUBPAGE_READ
}
