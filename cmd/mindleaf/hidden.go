package main

import (
	"errors"
	"os"
)

// hidden is a temporary file that is taken out of its folder at once, where the system
// allows it, so that nothing is left of it whatever happens.
type hidden struct {
	*os.File
	name string // "" once it is taken out
}

func newHidden() (*hidden, error) {
	f, err := os.CreateTemp("", "mindleaf-*")
	if err != nil {
		return nil, err
	}
	h := &hidden{f, f.Name()}
	if os.Remove(h.name) == nil {
		h.name = ""
	}
	return h, nil
}

// close removes the file.
func (h *hidden) close() error {
	err := h.Close()
	if h.name != "" {
		err = errors.Join(err, os.Remove(h.name))
	}
	return err
}
