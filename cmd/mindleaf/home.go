package main

import (
	"errors"
	"os"
	"path/filepath"
	"runtime"
)

// places are the files and folders the program keeps its things in.
type places struct {
	config   string
	database string
	decks    string
	backups  string
}

// findPlaces returns one folder for everything when home or MINDLEAF_HOME is
// set, and the platform's usual places otherwise. Nothing is created.
func findPlaces(home string, getenv func(string) string) (places, error) {
	if home == "" {
		home = getenv("MINDLEAF_HOME")
	}
	if home != "" {
		// The index knows files by their whole path.
		if whole, err := filepath.Abs(home); err == nil {
			home = whole
		}
		return places{
			config:   filepath.Join(home, "config.toml"),
			database: filepath.Join(home, "mindleaf.db"),
			decks:    filepath.Join(home, "decks"),
			backups:  filepath.Join(home, "backups"),
		}, nil
	}
	config, data := configFolder(getenv), dataFolder(getenv)
	if config == "" || data == "" {
		return places{}, withHint(errors.New("there is no home folder to keep progress in"),
			"set MINDLEAF_HOME to a folder, or use --home FOLDER")
	}
	return places{
		config:   filepath.Join(config, "mindleaf", "config.toml"),
		database: filepath.Join(data, "mindleaf", "mindleaf.db"),
		decks:    filepath.Join(data, "mindleaf", "decks"),
		backups:  filepath.Join(data, "mindleaf", "backups"),
	}, nil
}

func configFolder(getenv func(string) string) string {
	switch {
	case filepath.IsAbs(getenv("XDG_CONFIG_HOME")):
		return getenv("XDG_CONFIG_HOME")
	case runtime.GOOS == "windows":
		return getenv("AppData")
	}
	return under(getenv("HOME"), map[string]string{"darwin": "Library/Application Support"}, ".config")
}

func dataFolder(getenv func(string) string) string {
	switch {
	case filepath.IsAbs(getenv("XDG_DATA_HOME")):
		return getenv("XDG_DATA_HOME")
	case runtime.GOOS == "windows":
		return getenv("LocalAppData")
	}
	return under(getenv("HOME"), map[string]string{"darwin": "Library/Application Support"}, ".local/share")
}

// under joins home with the folder for this system, "" when home is not set.
func under(home string, bySystem map[string]string, otherwise string) string {
	if home == "" {
		return ""
	}
	if folder, ok := bySystem[runtime.GOOS]; ok {
		otherwise = folder
	}
	return filepath.Join(home, filepath.FromSlash(otherwise))
}

// exists reports whether path can be reached.
func exists(path string) bool {
	_, err := os.Stat(path)
	return err == nil
}
