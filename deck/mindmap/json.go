package mindmap

import (
	"bytes"
	"encoding/json"
	"errors"
	"io"
	"strconv"
	"strings"

	"github.com/mindleaf/mindleaf/deck/outline"
	"github.com/mindleaf/mindleaf/deck/textfile"
)

// maxValues is how deep the values of a JSON file may be nested. A level of a
// map takes up to three.
const maxValues = 4 * maxDepth

// jsonReader reads a JSON file value by value and knows where each begins. A
// value of another kind than is asked for is passed over: programs write null,
// or their next version an object, where there was a text.
type jsonReader struct {
	name  string
	d     *json.Decoder
	at    cursor
	depth int
}

func newJSONReader(name string, data []byte) (*jsonReader, error) {
	source, err := textfile.Decode(name, data, maxBytes)
	if err != nil {
		return nil, err
	}
	d := json.NewDecoder(bytes.NewReader(source))
	d.UseNumber()
	return &jsonReader{name: name, d: d, at: cursor{data: source}}, nil
}

// jsonKeys returns the keys of the object in data, as far as it can be read;
// none if data does not begin like an object.
func jsonKeys(data []byte) map[string]bool {
	if !bytes.HasPrefix(bytes.TrimLeft(data, " \t\r\n"), []byte("{")) {
		return nil
	}
	keys := make(map[string]bool)
	j := &jsonReader{d: json.NewDecoder(bytes.NewReader(data))}
	_ = j.object(func(key string) error { // what cannot be read has no keys
		keys[key] = true
		return j.skip()
	})
	return keys
}

// offset returns where in the data the value begins that is read next.
func (j *jsonReader) offset() int {
	at := int(j.d.InputOffset())
	for at < len(j.at.data) && strings.IndexByte(" \t\r\n,:", j.at.data[at]) >= 0 {
		at++
	}
	return at
}

func (j *jsonReader) pos() outline.Pos { return j.at.place(j.offset()) }

// beginsObject reports whether an object is read next.
func (j *jsonReader) beginsObject() bool {
	return bytes.HasPrefix(j.at.data[j.offset():], []byte("{"))
}

func (j *jsonReader) token() (json.Token, error) {
	token, err := j.d.Token()
	switch {
	case err == nil:
		return token, nil
	case errors.Is(err, io.EOF), errors.Is(err, io.ErrUnexpectedEOF):
		return nil, errorAt(j.name, j.at.place(len(j.at.data)), "broken JSON: ends in the middle", "the file is cut off: export or download it again")
	}
	return nil, errorAt(j.name, j.pos(), singleLine("broken JSON: "+err.Error()), "export the map again, or mend this place in a text editor")
}

// object calls visit for each key of an object; visit must read the value.
func (j *jsonReader) object(visit func(key string) error) error {
	return j.values('{', func() error {
		key, err := j.text()
		if err != nil {
			return err
		}
		return visit(key)
	})
}

// array calls visit before each value of an array; visit must read it.
func (j *jsonReader) array(visit func() error) error { return j.values('[', visit) }

// values calls visit until the value that begins next is at its end, if it is
// an array or an object as opening says.
func (j *jsonReader) values(opening json.Delim, visit func() error) error {
	p := j.pos()
	token, err := j.token()
	if err != nil {
		return err
	}
	if token != opening {
		return j.rest(token)
	}
	if j.depth++; j.depth > maxValues {
		return tooDeep(j.name, p)
	}
	for j.d.More() {
		if err := visit(); err != nil {
			return err
		}
	}
	j.depth--
	_, err = j.token()
	return err
}

// text reads a text, or a number as one; "" for any other value.
func (j *jsonReader) text() (string, error) {
	token, err := j.token()
	if err != nil {
		return "", err
	}
	switch token := token.(type) {
	case string:
		return token, nil
	case json.Number:
		return token.String(), nil
	}
	return "", j.rest(token)
}

// number reads a number, 0 for any other value.
func (j *jsonReader) number() (float64, error) {
	text, err := j.text()
	if err != nil {
		return 0, err
	}
	n, err := strconv.ParseFloat(text, 64)
	if err != nil {
		return 0, nil
	}
	return n, nil
}

// flag reads true or false; false for any other value.
func (j *jsonReader) flag() (bool, error) {
	token, err := j.token()
	if err != nil {
		return false, err
	}
	flag, _ := token.(bool)
	return flag, j.rest(token)
}

func (j *jsonReader) skip() error {
	token, err := j.token()
	if err != nil {
		return err
	}
	return j.rest(token)
}

// rest reads to the end of the value that began with token.
func (j *jsonReader) rest(token json.Token) error {
	for depth := 0; ; {
		switch token {
		case json.Delim('{'), json.Delim('['):
			depth++
		case json.Delim('}'), json.Delim(']'):
			depth--
		}
		if depth == 0 {
			return nil
		}
		var err error
		if token, err = j.token(); err != nil {
			return err
		}
	}
}

// end fails if something follows the value that was read.
func (j *jsonReader) end() error {
	p := j.pos()
	if _, err := j.d.Token(); errors.Is(err, io.EOF) {
		return nil
	}
	return errorAt(j.name, p, "broken JSON: more after the end of the map", "export the map again, or mend this place in a text editor")
}
