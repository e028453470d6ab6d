package anki

import (
	"archive/zip"
	"errors"
	"fmt"
	"io"
	"os"

	"github.com/klauspost/compress/zstd"
)

// The bounds against archives that are made to fill memory or disk.
const (
	maxCollectionBytes = 2 << 30
	// freeBytes may always be unpacked; beyond it at most maxRatio times what is
	// packed. Collections shrink to a third or a tenth.
	freeBytes     = 64 << 20
	maxRatio      = 250
	maxMediaBytes = 32 << 20
	maxWindow     = 32 << 20
)

// archive is the zip file of a package.
type archive struct {
	files map[string]*zip.File
}

func openArchive(r io.ReaderAt, size int64) (*archive, error) {
	head := make([]byte, 16)
	if n, _ := r.ReadAt(head, 0); string(head[:n]) == "SQLite format 3\x00" {
		return nil, fmt.Errorf("%w: it is a bare collection file; export a package in Anki", ErrNoCollection)
	}
	z, err := zip.NewReader(r, size)
	if err != nil && !errors.Is(err, zip.ErrInsecurePath) {
		return nil, fmt.Errorf("%w: %w", ErrDamaged, err)
	}
	a := &archive{files: make(map[string]*zip.File, len(z.File))}
	for _, f := range z.File {
		if _, twice := a.files[f.Name]; !twice {
			a.files[f.Name] = f
		}
	}
	return a, nil
}

// version is the generation of a package: 1 and 2 are legacy, 3 is the present
// one.
type version int

// version reads which generation the package is of. The file meta says so; only
// packages of old programs lack it.
func (a *archive) version() (version, error) {
	if f := a.files["meta"]; f != nil {
		meta, err := a.bytes(f, 1<<10)
		if err != nil {
			return 0, err
		}
		v := version(0)
		if err := wireFields(meta, func(f wireField) {
			if f.tag == 1 {
				v = version(min(f.number, 1000))
			}
		}); err != nil {
			return 0, err
		}
		if v < 1 || v > 3 {
			return 0, fmt.Errorf("%w (version %d of the package format)", ErrTooNew, v)
		}
		return v, nil
	}
	switch {
	case a.files["collection.anki21b"] != nil:
		return 3, nil
	case a.files["collection.anki21"] != nil:
		return 2, nil
	}
	return 1, nil
}

// collection returns the entry that holds the collection of a package of
// version v. The others beside it hold a stub for older programs.
func (a *archive) collection(v version) (*zip.File, error) {
	name := [...]string{1: "collection.anki2", 2: "collection.anki21", 3: "collection.anki21b"}[v]
	f := a.files[name]
	switch {
	case f != nil:
		return f, nil
	case a.files["collection.anki2"] != nil:
		return nil, ErrStub
	}
	return nil, ErrNoCollection
}

// open returns the unpacked content of an entry, which fails when it has more
// than limit bytes.
func (a *archive) open(f *zip.File, compressed bool, limit int64) (io.ReadCloser, error) {
	if f.Flags&1 != 0 {
		return nil, ErrEncrypted
	}
	r, err := f.Open()
	if err != nil {
		return nil, fmt.Errorf("%w: %s: %w", ErrDamaged, f.Name, err)
	}
	limit = min(limit, max(freeBytes, maxRatio*int64(min(f.CompressedSize64, maxCollectionBytes))))
	if !compressed {
		return &bounded{r, r.Close, f.Name, limit}, nil
	}
	z, err := zstd.NewReader(r, zstd.WithDecoderConcurrency(1), zstd.WithDecoderLowmem(true), zstd.WithDecoderMaxWindow(maxWindow))
	if err != nil {
		return nil, errors.Join(fmt.Errorf("%w: %s: %w", ErrDamaged, f.Name, err), r.Close())
	}
	return &bounded{z, func() error { z.Close(); return r.Close() }, f.Name, limit}, nil
}

// bounded is a reader that fails after too many bytes.
type bounded struct {
	r     io.Reader
	close func() error
	name  string
	left  int64
}

func (b *bounded) Close() error { return b.close() }

func (b *bounded) Read(p []byte) (int, error) {
	n, err := b.r.Read(p)
	if b.left -= int64(n); b.left < 0 {
		return 0, fmt.Errorf("%w: %s unpacks to more than is believable", ErrTooLarge, b.name)
	}
	if err != nil && !errors.Is(err, io.EOF) {
		err = fmt.Errorf("%w: %s: %w", ErrDamaged, b.name, err)
	}
	return n, err
}

func (a *archive) bytes(f *zip.File, limit int64) ([]byte, error) {
	r, err := a.open(f, false, limit)
	if err != nil {
		return nil, err
	}
	data, err := io.ReadAll(r)
	return data, errors.Join(err, r.Close())
}

// extract unpacks the collection into a new file in folder and returns its
// name.
func (a *archive) extract(f *zip.File, v version, folder string) (name string, err error) {
	r, err := a.open(f, v == 3, maxCollectionBytes)
	if err != nil {
		return "", err
	}
	out, err := os.CreateTemp(folder, "collection-*.anki2")
	if err != nil {
		return "", errors.Join(err, r.Close())
	}
	_, err = io.Copy(out, r)
	if err = errors.Join(err, r.Close(), out.Close()); err != nil {
		return "", errors.Join(err, os.Remove(out.Name()))
	}
	return out.Name(), nil
}

// Is reports whether the file of size bytes in r is a package. It looks at the
// names in the archive alone.
func Is(r io.ReaderAt, size int64) bool {
	a, err := openArchive(r, size)
	if err != nil {
		return false
	}
	for _, name := range []string{"collection.anki2", "collection.anki21", "collection.anki21b"} {
		if a.files[name] != nil {
			return true
		}
	}
	return false
}
