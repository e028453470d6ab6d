package anki

import (
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"strings"
)

// mediaNames returns the names of the media files that a package ships. They
// are only named, never unpacked; one with a folder in it is a sign of an
// attack and is refused.
func (a *archive) mediaNames(v version) (map[string]bool, error) {
	names := make(map[string]bool)
	f := a.files["media"]
	if f == nil {
		return names, nil
	}
	r, err := a.open(f, v == 3, maxMediaBytes)
	if err != nil {
		return nil, err
	}
	data, err := io.ReadAll(r)
	if err = errors.Join(err, r.Close()); err != nil {
		return nil, err
	}
	add := func(name string) error {
		if name == "" || name == ".." || strings.ContainsAny(name, "/\\\x00") {
			return fmt.Errorf("%w: a media file is called %q", ErrDamaged, name)
		}
		names[name] = true
		return nil
	}
	if v == 3 {
		return names, addEntries(data, add)
	}
	var legacy map[string]string
	if len(data) > 0 {
		if err := json.Unmarshal(data, &legacy); err != nil {
			return nil, fmt.Errorf("%w: the list of media: %w", ErrDamaged, err)
		}
	}
	for _, name := range legacy {
		if err := add(name); err != nil {
			return nil, err
		}
	}
	return names, nil
}

// addEntries reads a MediaEntries message.
func addEntries(data []byte, add func(name string) error) error {
	var wrong error
	err := wireFields(data, func(f wireField) {
		if f.tag != 1 {
			return
		}
		name := ""
		err := wireFields(f.bytes, func(f wireField) {
			if f.tag == 1 {
				name = string(f.bytes)
			}
		})
		if err = errors.Join(err, add(name)); err != nil && wrong == nil {
			wrong = err
		}
	})
	return errors.Join(err, wrong)
}
