package mindmap

import (
	"archive/zip"
	"bytes"
	"errors"
	"fmt"
	"io"
)

// zipFile is a zip file of which single members are read.
type zipFile struct {
	name    string
	members []*zip.File
}

func openZip(name string, data []byte) (*zipFile, error) {
	z := &zipFile{name: name}
	archive, err := zip.NewReader(bytes.NewReader(data), int64(len(data)))
	if err != nil && !errors.Is(err, zip.ErrInsecurePath) { // no path is followed
		return nil, z.broken(err)
	}
	z.members = archive.File
	return z, nil
}

func (z *zipFile) broken(err error) *Error {
	return &Error{Name: z.name, Message: "broken zip: " + singleLine(err.Error()), Hint: "the file is damaged or cut off: save or download it again"}
}

// find returns the first member called name, nil if there is none.
func (z *zipFile) find(name string) *zip.File {
	for _, f := range z.members {
		if f.Name == name {
			return f
		}
	}
	return nil
}

// unzip returns the content of f, which must not be larger than maxBytes.
func (z *zipFile) unzip(f *zip.File) ([]byte, error) {
	const locked = 1 // the flag of a member that the zip itself encrypts
	if f.Flags&locked != 0 {
		return nil, &Error{Name: z.name, Message: "locked with a password", Hint: "save the map without a password"}
	}
	r, err := f.Open()
	if err != nil {
		return nil, z.broken(err)
	}
	content, err := io.ReadAll(io.LimitReader(r, maxBytes+1))
	if closing := r.Close(); err == nil {
		err = closing
	}
	switch {
	case len(content) > maxBytes:
		return nil, &Error{Name: z.name, Message: fmt.Sprintf("more than %d MB when unpacked", maxBytes>>20), Hint: "split it into several files"}
	case err != nil:
		return nil, z.broken(err)
	}
	return content, nil
}

// read returns the content of the member called name, nil if there is none
// that can be read.
func (z *zipFile) read(name string) []byte {
	f := z.find(name)
	if f == nil {
		return nil
	}
	content, err := z.unzip(f)
	if err != nil {
		return nil
	}
	return content
}

// encrypted reports whether XMind's list of members says that it encrypted
// some of them.
func (z *zipFile) encrypted() bool {
	for _, list := range []string{"manifest.json", "META-INF/manifest.xml"} {
		if bytes.Contains(z.read(list), []byte("encryption-data")) {
			return true
		}
	}
	return false
}

// zips tells other programs' zip files by a member that only they have, and
// says what to do about them.
var zips = []struct{ member, is, hint string }{
	{"document/mindmap.xml", "a SimpleMind map", "export it from SimpleMind as OPML or FreeMind"},
	{"Document.xml", "a MindManager map", "export it from MindManager as XMind, OPML or FreeMind"},
	{"map.json", "a MindMeister map", "export it from MindMeister as XMind or FreeMind"},
	{"contents.xml", "a MindNode map", "export it from MindNode as OPML or FreeMind"},
	{"page/page.xml", "an EdrawMind map", "export it from EdrawMind as XMind"},
	{"word/document.xml", "a Word document", "save it as Markdown, or its outline as OPML"},
	{"xl/workbook.xml", "an Excel workbook", "save it as CSV or text"},
	{"ppt/presentation.xml", "a PowerPoint presentation", "save its outline as text"},
	{"collection.anki2", "an Anki package", "it holds cards, not a mind map"},
}

// unknown is the error for a zip file without a map.
func (z *zipFile) unknown() *Error {
	for _, known := range zips {
		if z.find(known.member) != nil {
			return &Error{Name: z.name, Message: known.is + ", which cannot be read as a mind map", Hint: known.hint}
		}
	}
	return &Error{Name: z.name, Message: "a zip file without " + xmindMembers[0] + " or " + xmindMembers[1],
		Hint: "an XMind map has one of them; unpack other zip files first"}
}
