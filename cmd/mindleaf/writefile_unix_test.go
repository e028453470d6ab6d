//go:build unix

package main

import (
	"errors"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
)

func TestWriteResultLeavesWhatIsNoFile(t *testing.T) {
	pipe := filepath.Join(t.TempDir(), "pipe")
	if err := syscall.Mkfifo(pipe, 0o600); err != nil {
		t.Fatal(err)
	}
	a := &app{env: env{stdout: io.Discard, stderr: io.Discard}}
	err := a.writeResult(pipe, func(w io.Writer) error {
		_, err := io.WriteString(w, "导图")
		return err
	})
	if err == nil || !strings.Contains(err.Error(), "is no file that can be replaced") {
		t.Errorf("got error %v, want that it cannot be replaced", err)
	}
	info, err := os.Lstat(pipe)
	if err != nil || info.Mode()&os.ModeNamedPipe == 0 {
		t.Errorf("got %v, %v, want the pipe still there", info, err)
	}
}

func TestWriteFileKeepsWhatIsThere(t *testing.T) {
	folder := t.TempDir()
	file, link := filepath.Join(folder, "deck.toml"), filepath.Join(folder, "link.toml")
	if err := errors.Join(os.WriteFile(file, nil, 0o600), os.Chmod(file, 0o640), os.Symlink(file, link)); err != nil {
		t.Fatal(err)
	}
	if err := writeFile(link, strings.NewReader("新")); err != nil {
		t.Fatal(err)
	}
	got, err := os.ReadFile(file)
	if err != nil || string(got) != "新" {
		t.Errorf("got %q, %v behind the link", got, err)
	}
	if info, err := os.Stat(file); err != nil || info.Mode().Perm() != 0o640 {
		t.Errorf("got permissions %v, %v, want 0640", info.Mode(), err)
	}
	if info, err := os.Lstat(link); err != nil || info.Mode()&os.ModeSymlink == 0 {
		t.Errorf("got %v, %v, want a link", info, err)
	}
}

// TestFullDiskLeavesNoHalfDeck lets a file grow to 512 bytes, or 1024 by another shell,
// and wants no part of a longer one in the decks folder.
func TestFullDiskLeavesNoHalfDeck(t *testing.T) {
	self, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	folder := t.TempDir()
	long := strings.Repeat("长", 2000)
	file := filepath.Join(folder, "mine.toml")
	if err := os.WriteFile(file, []byte("[deck]\ntitle = \"Mine\"\n\n[[card]]\nfront = \"Q\"\nback = \""+long+"\"\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	link := filepath.Join(folder, "mindleaf") // the name says what the test program is to do
	if err := os.Symlink(self, link); err != nil {
		t.Fatal(err)
	}
	for _, args := range [][]string{{"deck", "new", "tang", "--title", long}, {"deck", "add", file}} {
		home := t.TempDir()
		c := exec.Command("sh", append([]string{"-c", `ulimit -f 1; exec "$0" "$@" --home ` + home, link}, args...)...)
		if out, err := c.CombinedOutput(); err == nil || !strings.Contains(string(out), "file too large") {
			t.Errorf("%v: got %v, want that the file is too large\n%s", args[:2], err, out)
		}
		if left := namesIn(t, filepath.Join(home, "decks")); len(left) > 0 {
			t.Errorf("%v: left over: %v", args[:2], left)
		}
	}
}
