//go:build unix

package store

import (
	"sync"
	"testing"
	"unsafe"

	"modernc.org/libc"
	sqlite3 "modernc.org/sqlite/lib"
)

// fault is what goes wrong with one call to the file system.
type fault int

const (
	noFault fault = iota
	writeFails
	writeIsShort // half of it reaches the file
	diskIsFull
	syncFails
	truncateFails
	readFails
	writeIsRefused
	openIsRefused
	deleteFails
	lockFails
	faultKinds
)

func (f fault) String() string {
	return [...]string{"none", "EIO at a write", "short write", "disk full", "EIO at a sync", "EIO at a truncate", "EIO at a read",
		"read-only at a write", "permission lost at an open", "EIO at a delete", "EIO at a lock"}[f]
}

// faults decides which call fails. It wraps SQLite's own file system for the
// whole test process and lets everything pass until it is armed.
type faults struct {
	mu      sync.Mutex
	kind    fault
	in      int // calls of the kind until one fails; it fails at 1
	lasting bool
	hits    int
	open    func(tls *libc.TLS, vfs, name, file uintptr, flags int32, out uintptr) int32
	remove  func(tls *libc.TLS, vfs, name uintptr, sync int32) int32
	// methods are those that stand before the methods of SQLite's own files, by
	// the address of the latter. They lie in SQLite's memory.
	methods map[uintptr]uintptr
}

var theFaults = sync.OnceValue(func() *faults {
	f := &faults{methods: make(map[uintptr]uintptr)}
	tls := libc.NewTLS()
	vfs := at[sqlite3.Tsqlite3_vfs](sqlite3.Xsqlite3_vfs_find(tls, 0))
	f.open = function[func(tls *libc.TLS, vfs, name, file uintptr, flags int32, out uintptr) int32](vfs.FxOpen)
	vfs.FxOpen = pointer(f.xOpen)
	f.remove = function[func(tls *libc.TLS, vfs, name uintptr, sync int32) int32](vfs.FxDelete)
	vfs.FxDelete = pointer(f.xDelete)
	return f
})

// at returns what lies at an address that SQLite hands out.
func at[T any](address uintptr) *T { return *(**T)(unsafe.Pointer(&address)) }

// function returns the Go function behind one of SQLite's function pointers.
func function[F any](address uintptr) F { return *(*F)(unsafe.Pointer(&address)) }

// pointer returns the function pointer of a Go function, the reverse of function,
// and keeps the function for as long as the process lives: SQLite's pointer to it
// does not.
func pointer(f any) uintptr {
	keptForSQLite = append(keptForSQLite, f)
	return (*[2]uintptr)(unsafe.Pointer(&f))[1]
}

var keptForSQLite []any

// arm makes the n-th call of a kind fail from now on, and all after it if lasting.
func (f *faults) arm(kind fault, n int, lasting bool) {
	f.mu.Lock()
	defer f.mu.Unlock()
	f.kind, f.in, f.lasting, f.hits = kind, n, lasting, 0
}

// disarm lets everything pass again and returns how many calls failed.
func (f *faults) disarm() int {
	f.mu.Lock()
	defer f.mu.Unlock()
	f.kind = noFault
	return f.hits
}

// strikes reports whether a call that one of kinds concerns fails now, and how.
func (f *faults) strikes(kinds ...fault) fault {
	f.mu.Lock()
	defer f.mu.Unlock()
	for _, k := range kinds {
		if k != f.kind {
			continue
		}
		f.in--
		if f.in == 0 || f.in < 0 && f.lasting {
			f.hits++
			return k
		}
	}
	return noFault
}

func (f *faults) xOpen(tls *libc.TLS, vfs, name, file uintptr, flags int32, out uintptr) int32 {
	opened := at[sqlite3.Tsqlite3_file](file)
	if f.strikes(openIsRefused) != noFault {
		opened.FpMethods = 0
		return sqlite3.SQLITE_CANTOPEN
	}
	rc := f.open(tls, vfs, name, file, flags, out)
	if rc != sqlite3.SQLITE_OK || opened.FpMethods == 0 {
		return rc
	}
	f.mu.Lock()
	defer f.mu.Unlock()
	if f.methods[opened.FpMethods] == 0 {
		f.methods[opened.FpMethods] = f.wrap(tls, *at[sqlite3.Tsqlite3_io_methods](opened.FpMethods))
	}
	opened.FpMethods = f.methods[opened.FpMethods]
	return rc
}

func (f *faults) xDelete(tls *libc.TLS, vfs, name uintptr, sync int32) int32 {
	if f.strikes(deleteFails) != noFault {
		return sqlite3.SQLITE_IOERR_DELETE
	}
	return f.remove(tls, vfs, name, sync)
}

// wrap returns the address of methods that may fail before own are called.
func (f *faults) wrap(tls *libc.TLS, own sqlite3.Tsqlite3_io_methods) uintptr {
	address := libc.Xmalloc(tls, libc.Tsize_t(unsafe.Sizeof(own)))
	ours := at[sqlite3.Tsqlite3_io_methods](address)
	*ours = own
	type readOrWrite = func(tls *libc.TLS, file, buffer uintptr, amount int32, offset sqlite3.Tsqlite3_int64) int32
	read, write := function[readOrWrite](own.FxRead), function[readOrWrite](own.FxWrite)
	sync := function[func(tls *libc.TLS, file uintptr, flags int32) int32](own.FxSync)
	truncate := function[func(tls *libc.TLS, file uintptr, size sqlite3.Tsqlite3_int64) int32](own.FxTruncate)
	ours.FxRead = pointer(readOrWrite(func(tls *libc.TLS, file, buffer uintptr, amount int32, offset sqlite3.Tsqlite3_int64) int32 {
		if f.strikes(readFails) != noFault {
			return sqlite3.SQLITE_IOERR_READ
		}
		return read(tls, file, buffer, amount, offset)
	}))
	ours.FxWrite = pointer(readOrWrite(func(tls *libc.TLS, file, buffer uintptr, amount int32, offset sqlite3.Tsqlite3_int64) int32 {
		switch f.strikes(writeFails, writeIsShort, diskIsFull, writeIsRefused) {
		case writeFails:
			return sqlite3.SQLITE_IOERR_WRITE
		case diskIsFull:
			return sqlite3.SQLITE_FULL
		case writeIsRefused:
			return sqlite3.SQLITE_READONLY
		case writeIsShort:
			_ = write(tls, file, buffer, amount/2, offset)
			return sqlite3.SQLITE_IOERR_WRITE
		}
		return write(tls, file, buffer, amount, offset)
	}))
	ours.FxSync = pointer(func(tls *libc.TLS, file uintptr, flags int32) int32 {
		if f.strikes(syncFails) != noFault {
			return sqlite3.SQLITE_IOERR_FSYNC
		}
		return sync(tls, file, flags)
	})
	ours.FxTruncate = pointer(func(tls *libc.TLS, file uintptr, size sqlite3.Tsqlite3_int64) int32 {
		if f.strikes(truncateFails) != noFault {
			return sqlite3.SQLITE_IOERR_TRUNCATE
		}
		return truncate(tls, file, size)
	})
	lock := function[func(tls *libc.TLS, file uintptr, level int32) int32](own.FxLock)
	ours.FxLock = pointer(func(tls *libc.TLS, file uintptr, level int32) int32 {
		if f.strikes(lockFails) != noFault {
			return sqlite3.SQLITE_IOERR_LOCK
		}
		return lock(tls, file, level)
	})
	return address
}

// TestFaultsStrike makes sure that the faults of the other tests are real.
func TestFaultsStrike(t *testing.T) {
	f := theFaults()
	d := capitals(t)
	for _, kind := range []fault{writeFails, writeIsShort, diskIsFull, syncFails, writeIsRefused} {
		f.arm(kind, 1, true)
		_, err := d.Record(t.Context(), review(1, 4, today))
		if hits := f.disarm(); err == nil || hits == 0 {
			t.Errorf("%v: %d hits and the error %v", kind, hits, err)
		}
	}
	record(t, d, review(1, 4, today))
	checkSound(t, d)
}
