package main

import (
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	gocmp "github.com/google/go-cmp/cmp"
)

// systems are those that a release is built for.
var systems = []string{"linux/amd64", "linux/arm64", "darwin/amd64", "darwin/arm64", "windows/amd64", "windows/arm64"}

// module is a module that the program is linked with.
type module struct {
	Path, Version, Dir string
	Main               bool
}

// TestThirdParty wants the file THIRD_PARTY to hold the licence of each module that
// the program is linked with on any system, as it lies in that module. Run with
// -update to write it anew.
func TestThirdParty(t *testing.T) {
	var b strings.Builder
	b.WriteString("mindleaf is linked with these modules, whose licences follow.\n\n")
	modules := linked(t)
	for _, m := range modules {
		fmt.Fprintf(&b, "  %s %s\n", m.Path, m.Version)
	}
	for _, m := range modules {
		b.WriteString(section(t, m))
	}
	const name = "../../THIRD_PARTY"
	if *update {
		text := b.String() + section(t, module{Path: "The Go standard library", Dir: goRoot(t)})
		if err := os.WriteFile(name, []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	got, err := os.ReadFile(name)
	if err != nil {
		t.Fatal(err)
	}
	// Go's own comes last, and is not compared: another Go may have other words.
	if want := b.String(); !strings.HasPrefix(string(got), want) {
		t.Errorf("run this test with -update (-want +got):\n%s", gocmp.Diff(want, string(got)))
	}
}

// section is the licence of a module below its name.
func section(t *testing.T, m module) string {
	t.Helper()
	rule := strings.Repeat("=", 79)
	return fmt.Sprintf("\n%s\n%s\n%s\n\n%s", rule, strings.TrimSpace(m.Path+" "+m.Version), rule, licenceOf(t, m))
}

// linked returns the modules of the program in the order of their paths.
func linked(t *testing.T) []module {
	t.Helper()
	found := make(map[string]module)
	for _, system := range systems {
		c := exec.Command("go", "list", "-deps", "-json=Module", ".")
		goos, goarch, _ := strings.Cut(system, "/")
		c.Env = append(os.Environ(), "CGO_ENABLED=0", "GOOS="+goos, "GOARCH="+goarch)
		out, err := c.Output()
		if err != nil {
			t.Fatalf("%s: %v", system, err)
		}
		for decoder := json.NewDecoder(strings.NewReader(string(out))); ; {
			var p struct{ Module *module }
			if err := decoder.Decode(&p); errors.Is(err, io.EOF) {
				break
			} else if err != nil {
				t.Fatal(err)
			}
			if p.Module != nil && !p.Module.Main {
				found[p.Module.Path] = *p.Module
			}
		}
	}
	modules := make([]module, 0, len(found))
	for _, m := range found {
		modules = append(modules, m)
	}
	slices.SortFunc(modules, func(a, b module) int { return strings.Compare(a.Path, b.Path) })
	return modules
}

func goRoot(t *testing.T) string {
	t.Helper()
	out, err := exec.Command("go", "env", "GOROOT").Output()
	if err != nil {
		t.Fatal(err)
	}
	return strings.TrimSpace(string(out))
}

// licenceOf returns the licence files of a module, one after the other.
func licenceOf(t *testing.T, m module) string {
	t.Helper()
	entries, err := os.ReadDir(m.Dir)
	if err != nil {
		t.Fatalf("%s: %v", m.Path, err)
	}
	var texts []string
	for _, e := range entries {
		name := strings.ToUpper(e.Name())
		if e.IsDir() || !strings.HasPrefix(name, "LICENSE") && !strings.HasPrefix(name, "LICENCE") && !strings.HasPrefix(name, "COPYING") {
			continue
		}
		text, err := os.ReadFile(filepath.Join(m.Dir, e.Name()))
		if err != nil {
			t.Fatal(err)
		}
		texts = append(texts, strings.TrimSpace(strings.ReplaceAll(string(text), "\r\n", "\n"))+"\n")
	}
	if len(texts) == 0 {
		t.Fatalf("%s has no licence in %s", m.Path, m.Dir)
	}
	return strings.Join(texts, "\n")
}
