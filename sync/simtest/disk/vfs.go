package disk

import (
	"fmt"
	"time"
	"unsafe"

	"modernc.org/libc"
	lib "modernc.org/sqlite/lib"
)

// record is what SQLite knows of a disk: one piece of C memory.
type record struct {
	vfs     lib.Tsqlite3_vfs
	methods lib.Tsqlite3_io_methods
	name    [32]byte
}

// at is what lies at an address in C memory, which is a number to Go until here.
func at[T any](address uintptr) *T { return *(**T)(unsafe.Pointer(&address)) }

func bytesAt(address uintptr, n int32) []byte { return unsafe.Slice(at[byte](address), n) }

// function is a Go function as C knows it: the address of what Go calls it by.
func function[T any](d *Disk, f T) uintptr {
	d.kept = append(d.kept, f)
	return *(*uintptr)(unsafe.Pointer(&f))
}

func (d *Disk) register() {
	tls := libc.NewTLS()
	defer tls.Close()
	d.at = lib.Xsqlite3_malloc64(tls, uint64(unsafe.Sizeof(record{})))
	if d.at == 0 {
		panic("disk: no memory")
	}
	r := at[record](d.at)
	*r = record{methods: d.methods(), vfs: lib.Tsqlite3_vfs{
		FiVersion:          2,
		FszOsFile:          int32(unsafe.Sizeof(lib.Tsqlite3_file{})),
		FmxPathname:        512,
		FzName:             d.at + unsafe.Offsetof(r.name),
		FxOpen:             function(d, d.openFile),
		FxDelete:           function(d, d.deleteFile),
		FxAccess:           function(d, d.access),
		FxFullPathname:     function(d, d.fullPathname),
		FxRandomness:       function(d, d.randomness),
		FxSleep:            function(d, d.sleep),
		FxCurrentTimeInt64: function(d, d.currentTime),
		FxGetLastError:     function(d, d.lastError),
	}}
	copy(r.name[:len(r.name)-1], d.Name())
	if rc := lib.Xsqlite3_vfs_register(tls, d.at, 0); rc != lib.SQLITE_OK {
		panic(fmt.Sprintf("disk: SQLite does not take it: %d", rc))
	}
}

func (d *Disk) methods() lib.Tsqlite3_io_methods {
	return lib.Tsqlite3_io_methods{
		FiVersion:               2,
		FxClose:                 function(d, d.close),
		FxRead:                  function(d, d.read),
		FxWrite:                 function(d, d.write),
		FxTruncate:              function(d, d.truncate),
		FxSync:                  function(d, d.sync),
		FxFileSize:              function(d, d.fileSize),
		FxLock:                  function(d, d.lock),
		FxUnlock:                function(d, d.unlock),
		FxCheckReservedLock:     function(d, d.checkReservedLock),
		FxFileControl:           function(d, d.fileControl),
		FxSectorSize:            function(d, d.sectorSize),
		FxDeviceCharacteristics: function(d, d.characteristics),
		FxShmMap:                function(d, d.shmMap),
		FxShmLock:               function(d, d.shmLock),
		FxShmBarrier:            function(d, d.shmBarrier),
		FxShmUnmap:              function(d, d.shmUnmap),
	}
}

func (d *Disk) unregister() {
	tls := libc.NewTLS()
	defer tls.Close()
	lib.Xsqlite3_vfs_unregister(tls, d.at)
	lib.Xsqlite3_free(tls, d.at)
	d.at, d.kept = 0, nil
}

func (d *Disk) openFile(_ *libc.TLS, _, path, file uintptr, flags int32, out uintptr) int32 {
	d.mu.Lock()
	defer d.mu.Unlock()
	at[lib.Tsqlite3_file](file).FpMethods = 0
	if d.off {
		return lib.SQLITE_CANTOPEN
	}
	h := &handle{life: d.life, readOnly: flags&lib.SQLITE_OPEN_READONLY != 0}
	if path == 0 {
		h.node = &node{}
	} else if h.name = libc.GoString(path); !d.find(h, flags) {
		return lib.SQLITE_CANTOPEN
	}
	d.open[file] = h
	at[lib.Tsqlite3_file](file).FpMethods = d.at + unsafe.Offsetof(record{}.methods)
	if out != 0 {
		*at[int32](out) = flags
	}
	return lib.SQLITE_OK
}

// find gives a handle the file of its name, or makes one.
func (d *Disk) find(h *handle, flags int32) bool {
	if h.node = d.names[h.name]; h.node != nil {
		return flags&lib.SQLITE_OPEN_EXCLUSIVE == 0
	}
	if flags&lib.SQLITE_OPEN_CREATE == 0 || !d.change() {
		return false
	}
	h.node = &node{}
	d.names[h.name] = h.node
	return true
}

func (d *Disk) deleteFile(_ *libc.TLS, _, path uintptr, syncFolder int32) int32 {
	d.mu.Lock()
	defer d.mu.Unlock()
	if d.off {
		return lib.SQLITE_IOERR_DELETE
	}
	name := libc.GoString(path)
	if d.names[name] == nil {
		return lib.SQLITE_IOERR_DELETE_NOENT
	}
	if !d.change() {
		return lib.SQLITE_IOERR_DELETE
	}
	delete(d.names, name)
	if syncFolder == 0 {
		return lib.SQLITE_OK
	}
	if !d.change() {
		return lib.SQLITE_IOERR_DIR_FSYNC
	}
	switch d.synced() {
	case failed:
		return lib.SQLITE_IOERR_DIR_FSYNC
	case done:
		d.syncFolder(name)
	}
	return lib.SQLITE_OK
}

// access says, as SQLite's own VFS does, of an empty file that it is not there.
func (d *Disk) access(_ *libc.TLS, _, path uintptr, flags int32, out uintptr) int32 {
	d.mu.Lock()
	defer d.mu.Unlock()
	if d.off {
		return lib.SQLITE_IOERR_ACCESS
	}
	n := d.names[libc.GoString(path)]
	*at[int32](out) = flag(n != nil && (flags != lib.SQLITE_ACCESS_EXISTS || n.now.size > 0))
	return lib.SQLITE_OK
}

func (d *Disk) fullPathname(_ *libc.TLS, _, path uintptr, n int32, out uintptr) int32 {
	name := libc.GoString(path)
	if len(name) >= int(n) {
		return lib.SQLITE_CANTOPEN
	}
	to := bytesAt(out, n)
	to[copy(to, name)] = 0
	return lib.SQLITE_OK
}

func (d *Disk) randomness(_ *libc.TLS, _ uintptr, n int32, out uintptr) int32 {
	d.mu.Lock()
	defer d.mu.Unlock()
	for i := range bytesAt(out, n) {
		bytesAt(out, n)[i] = byte(d.chance.Uint32())
	}
	return n
}

// hurry is how much faster than asked for the disk sleeps. Who waits for a lock may wait
// for another goroutine, and so must wait; but if there is none, not for seconds.
const hurry = 100

func (d *Disk) sleep(_ *libc.TLS, _ uintptr, micros int32) int32 {
	time.Sleep(time.Duration(micros) * time.Microsecond / hurry)
	return micros
}

// julian is the milliseconds from where SQLite counts days to where Unix does.
const julian = 210_866_760_000_000

func (d *Disk) currentTime(_ *libc.TLS, _, out uintptr) int32 {
	d.mu.Lock()
	defer d.mu.Unlock()
	*at[int64](out) = d.now().UnixMilli() + julian
	return lib.SQLITE_OK
}

func (d *Disk) lastError(*libc.TLS, uintptr, int32, uintptr) int32 { return 0 }

// Seed sets what SQLite takes by chance itself, such as the salts of a WAL: 0 is from
// the system. It is for the whole process: with disks at work beside each other, their
// salts, and by them the bytes of their files, are not the same each time. Which rows
// are in them is.
func Seed(seed uint32) {
	tls := libc.NewTLS()
	defer tls.Close()
	args := tls.Alloc(16)
	defer tls.Free(16)
	lib.Xsqlite3_test_control(tls, lib.SQLITE_TESTCTRL_PRNG_SEED,
		libc.VaList(args, int32(seed), uintptr(0)))
}
