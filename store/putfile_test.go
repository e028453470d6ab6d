package store

import (
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"testing"
)

// noLinks is the link of a file system that has none.
func noLinks(from, to string) error {
	return &os.LinkError{Op: "link", Old: from, New: to, Err: errors.ErrUnsupported}
}

func TestPutNew(t *testing.T) {
	for name, link := range map[string]func(string, string) error{"links": os.Link, "no links": noLinks} {
		t.Run(name, func(t *testing.T) {
			folder := t.TempDir()
			made, path := filepath.Join(folder, "made"), filepath.Join(folder, "deck.toml")
			put := func(text string) error {
				if err := os.WriteFile(made, []byte(text), 0o600); err != nil {
					t.Fatal(err)
				}
				return putNew(link, made, path)
			}
			wantText := func(path, want string) {
				t.Helper()
				if got, err := os.ReadFile(path); err != nil || string(got) != want {
					t.Errorf("got %q, %v in %s, want %q", got, err, filepath.Base(path), want)
				}
			}
			if err := put("一"); err != nil {
				t.Fatal(err)
			}
			wantText(path, "一")
			if _, err := os.Lstat(made); !errors.Is(err, fs.ErrNotExist) {
				t.Errorf("the file has its old name too: %v", err)
			}
			if err := put("二"); !errors.Is(err, fs.ErrExist) {
				t.Errorf("got %v, want that it is there", err)
			}
			wantText(path, "一")
			wantText(made, "二")
			// A name without a file behind it is taken as well.
			dangling := filepath.Join(folder, "dangling.toml")
			if err := os.Symlink(filepath.Join(folder, "nowhere"), dangling); err != nil {
				t.Skip(err)
			}
			if err := putNew(link, made, dangling); !errors.Is(err, fs.ErrExist) {
				t.Errorf("got %v for a link to nothing", err)
			}
			wantText(made, "二")
		})
	}
}

func TestPutNewThatFailsLeavesNoName(t *testing.T) {
	folder := t.TempDir()
	path := filepath.Join(folder, "deck.toml")
	if err := putNew(noLinks, filepath.Join(folder, "gone"), path); err == nil {
		t.Error("a file that is not there was put in place")
	}
	if _, err := os.Lstat(path); !errors.Is(err, fs.ErrNotExist) {
		t.Errorf("the name is taken: %v", err)
	}
}
