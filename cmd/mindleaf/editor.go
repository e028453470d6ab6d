package main

import (
	"errors"
	"fmt"
	"os/exec"
	"path/filepath"
	"runtime"
	"slices"
	"strings"
)

// editor returns the command line that opens file at line in the editor that VISUAL or
// EDITOR names, or in one that is there.
func editor(getenv func(string) string, file string, line int) ([]string, error) {
	command, err := editorCommand(getenv)
	if err != nil {
		return nil, err
	}
	if len(command) == 0 {
		return nil, fmt.Errorf("set EDITOR to your editor; the card is on line %d of %s", line, file)
	}
	line = max(line, 1)
	switch strings.TrimSuffix(filepath.Base(command[0]), ".exe") {
	case "vi", "vim", "nvim", "nano", "emacs", "emacsclient", "kak", "micro", "joe":
		return append(command, fmt.Sprintf("+%d", line), file), nil
	case "hx", "helix", "subl", "zed":
		return append(command, fmt.Sprintf("%s:%d", file, line)), nil
	case "code", "codium":
		if !slices.Contains(command, "--wait") && !slices.Contains(command, "-w") {
			command = append(command, "--wait")
		}
		return append(command, "--goto", fmt.Sprintf("%s:%d", file, line)), nil
	}
	return append(command, file), nil
}

// editorCommand returns the program and its flags; none when there is no editor.
func editorCommand(getenv func(string) string) ([]string, error) {
	for _, variable := range []string{"VISUAL", "EDITOR"} {
		if text := strings.TrimSpace(getenv(variable)); text != "" {
			command, err := splitCommand(text, isProgram, runtime.GOOS == "windows")
			if err != nil {
				return nil, fmt.Errorf("%s cannot be split into words: %w", variable, err)
			}
			return command, nil
		}
	}
	for _, name := range []string{"nano", "vi", "notepad"} {
		if isProgram(name) {
			return []string{name}, nil
		}
	}
	return nil, nil
}

func isProgram(name string) bool {
	_, err := exec.LookPath(name)
	return err == nil
}

// splitCommand splits a command line into words, as a shell does, but without one:
// nothing in it is run, filled in or looked up. A path with spaces needs no quotes when
// it leads to a program.
func splitCommand(text string, isProgram func(string) bool, backslashIsPath bool) ([]string, error) {
	if isProgram(text) {
		return []string{text}, nil
	}
	words, err := shellWords(text, backslashIsPath)
	if err != nil || len(words) == 0 || isProgram(words[0]) {
		return words, err
	}
	for i, r := range text {
		if r != ' ' || !isProgram(text[:i]) {
			continue
		}
		flags, err := shellWords(text[i:], backslashIsPath)
		return append([]string{text[:i]}, flags...), err
	}
	return words, nil
}

// shellWords splits text at spaces that stand in no quotes and behind no backslash.
func shellWords(text string, backslashIsPath bool) ([]string, error) {
	var words []string
	var word strings.Builder
	inWord, escaped, quote := false, false, rune(0)
	for _, r := range text {
		switch {
		case escaped:
			if quote == '"' && !strings.ContainsRune(`"\$`+"`", r) {
				word.WriteByte('\\')
			}
			word.WriteRune(r)
			escaped = false
		case r == '\\' && quote != '\'' && !backslashIsPath:
			escaped, inWord = true, true
		case quote != 0 && r == quote:
			quote = 0
		case quote != 0:
			word.WriteRune(r)
		case r == '"' || r == '\'':
			quote, inWord = r, true
		case r == ' ' || r == '\t':
			if inWord {
				words = append(words, word.String())
			}
			word.Reset()
			inWord = false
		default:
			word.WriteRune(r)
			inWord = true
		}
	}
	if quote != 0 || escaped {
		return nil, errors.New("a quote has no end")
	}
	if inWord {
		words = append(words, word.String())
	}
	return words, nil
}
