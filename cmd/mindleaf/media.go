package main

import (
	"context"
	"errors"
	"fmt"
	"net/url"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"slices"
	"strings"

	"github.com/mindleaf/mindleaf/store"
)

// What the names of files end in.
var (
	pictureEndings = []string{".png", ".jpg", ".jpeg", ".gif", ".svg", ".webp", ".bmp", ".avif", ".tif", ".tiff"}
	soundEndings   = []string{".mp3", ".m4a", ".wav", ".ogg", ".oga", ".opus", ".flac", ".aac"}
	filmEndings    = []string{".mp4", ".m4v", ".webm", ".mkv", ".mov", ".avi", ".ogv", ".mpg", ".mpeg"}
	textEndings    = []string{".pdf", ".txt", ".md", ".epub", ".djvu"}
)

// endsIn reports whether the name of a file has one of some endings.
func endsIn(name string, endings ...[]string) bool {
	ending := strings.ToLower(filepath.Ext(name))
	return slices.Contains(slices.Concat(endings...), ending)
}

// mediaCounts says how many pictures, sounds and other files there are, by the
// endings of their names.
func (a *app) mediaCounts(names []string) string {
	pictures, sounds := 0, 0
	for _, name := range names {
		switch {
		case endsIn(name, pictureEndings):
			pictures++
		case endsIn(name, soundEndings):
			sounds++
		}
	}
	var counts []string
	if pictures > 0 {
		counts = append(counts, a.t("%d pictures", pictures))
	}
	if sounds > 0 {
		counts = append(counts, a.t("%d sounds", sounds))
	}
	if others := len(names) - pictures - sounds; others > 0 {
		counts = append(counts, a.t("%d files", others))
	}
	return strings.Join(counts, a.t(", "))
}

// openMedia shows the pictures and sounds of a card with the system's viewer.
func (t *sitting) openMedia(ctx context.Context, card store.Content) {
	if len(card.Media) == 0 {
		t.prompter.Notice(t.t("this card has no pictures or sounds"))
		return
	}
	for _, name := range card.Media {
		target, err := mediaTarget(card.File, name)
		if err == nil {
			err = show(ctx, target)
		}
		if err != nil {
			t.prompter.Notice(t.t("%s cannot be shown: %v", name, t.tr(err.Error())))
			return
		}
	}
	t.prompter.Notice(t.t("shown: %d files", len(card.Media)))
}

// mediaTarget is what a name in a deck stands for: a link into the web, or a file in
// the deck's folder. Decks come from others, and what a viewer makes of any file of
// the learner's, or of a program, is not for their authors to choose.
func mediaTarget(deckFile, name string) (string, error) {
	if link, err := url.Parse(name); err == nil && (link.Scheme == "http" || link.Scheme == "https") && link.Host != "" {
		return link.String(), nil
	}
	folder, err := filepath.Abs(filepath.Dir(deckFile))
	if err != nil {
		return "", err
	}
	path := filepath.FromSlash(name)
	if !filepath.IsAbs(path) {
		path = filepath.Join(folder, path)
	}
	if !isBelow(folder, path) {
		return "", errElsewhere
	}
	// Links may lead out of the folder.
	if path, err = filepath.EvalSymlinks(path); err != nil {
		return "", err
	}
	if folder, err = filepath.EvalSymlinks(folder); err != nil {
		return "", err
	}
	info, err := os.Stat(path)
	switch {
	case err != nil:
		return "", err
	case !isBelow(folder, path):
		return "", errElsewhere
	case !info.Mode().IsRegular():
		return "", fmt.Errorf("%s is not a file", path)
	case !endsIn(path, pictureEndings, soundEndings, filmEndings, textEndings):
		return "", errors.New("it is no picture, sound, film or text by its name")
	}
	return path, nil
}

// errElsewhere is the error for a file that the author of a deck has no business with.
var errElsewhere = errors.New("it is not in the folder of the deck file; only files there and links to http and https are opened")

// isBelow reports whether a file is in a folder or below it.
func isBelow(folder, path string) bool {
	rel, err := filepath.Rel(folder, path)
	return err == nil && filepath.IsLocal(rel)
}

// show hands a file or a link to the system's viewer. No shell is involved, and
// neither can pass for a flag: the path of a file is absolute.
func show(ctx context.Context, target string) error {
	command := []string{"xdg-open", target}
	switch runtime.GOOS {
	case "darwin":
		command[0] = "open"
	case "windows":
		command = []string{"rundll32", "url.dll,FileProtocolHandler", target}
	}
	viewer := exec.CommandContext(ctx, command[0], command[1:]...)
	if err := viewer.Start(); err != nil {
		return err
	}
	return viewer.Process.Release()
}
