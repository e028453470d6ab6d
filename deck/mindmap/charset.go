package mindmap

import (
	"bytes"
	"strings"
	"unicode/utf8"

	"golang.org/x/text/encoding"
	"golang.org/x/text/encoding/charmap"
	"golang.org/x/text/encoding/japanese"
	"golang.org/x/text/encoding/korean"
	"golang.org/x/text/encoding/simplifiedchinese"
	"golang.org/x/text/encoding/traditionalchinese"

	"github.com/mindleaf/mindleaf/deck/lazyregexp"
	"github.com/mindleaf/mindleaf/deck/textfile"
)

// charsets lists the encodings an XML declaration may name, in lower case. As
// browsers do, it reads Latin-1 as Windows-1252 and GB2312 and GBK as GB18030,
// which hold them. UTF-16 is decoded before a declaration can be read.
var charsets = map[string]encoding.Encoding{
	"utf-8":        nil,
	"utf8":         nil,
	"us-ascii":     nil,
	"ascii":        nil,
	"utf-16":       nil,
	"utf-16le":     nil,
	"utf-16be":     nil,
	"unicode":      nil,
	"iso-8859-1":   charmap.Windows1252,
	"latin1":       charmap.Windows1252,
	"windows-1252": charmap.Windows1252,
	"cp1252":       charmap.Windows1252,
	"iso-8859-2":   charmap.ISO8859_2,
	"iso-8859-5":   charmap.ISO8859_5,
	"iso-8859-15":  charmap.ISO8859_15,
	"windows-1250": charmap.Windows1250,
	"windows-1251": charmap.Windows1251,
	"koi8-r":       charmap.KOI8R,
	"macintosh":    charmap.Macintosh,
	"x-mac-roman":  charmap.Macintosh,
	"gb18030":      simplifiedchinese.GB18030,
	"gbk":          simplifiedchinese.GB18030,
	"gb2312":       simplifiedchinese.GB18030,
	"cp936":        simplifiedchinese.GB18030,
	"big5":         traditionalchinese.Big5,
	"shift_jis":    japanese.ShiftJIS,
	"euc-jp":       japanese.EUCJP,
	"euc-kr":       korean.EUCKR,
}

var (
	xmlDeclaration = lazyregexp.New(`^\s*<\?xml\s[^>]*\?>`)
	xmlEncoding    = lazyregexp.New(`\sencoding\s*=\s*["']([^"']*)["']`)
	// forbidden matches references to characters that XML does not allow but
	// some programs write all the same.
	forbidden = lazyregexp.New(`&#(?:x0*(?:[0-8bcefBCEF]|1[0-9a-fA-F])|0*(?:[0-8]|1[124-9]|2[0-9]|3[01]));`)
)

// xmlSource returns the text of an XML file in UTF-8 without what would stop
// the decoder: the declaration, and control characters that XML forbids, are
// blanked out, so that places stay.
func xmlSource(name string, data []byte) ([]byte, error) {
	declaration := xmlDeclaration.Find(data[:min(len(data), 1000)])
	charset := ""
	if found := xmlEncoding.FindSubmatch(declaration); found != nil {
		charset = strings.ToLower(string(found[1]))
	}
	data, err := decode(name, data, charset)
	if err != nil {
		return nil, err
	}
	data, err = textfile.Decode(name, data, maxBytes)
	if err != nil {
		return nil, err
	}
	data = blank(data, xmlDeclaration.FindIndex(data[:min(len(data), 1000)]))
	// plainText returned a copy, so data may be written to.
	for _, reference := range forbidden.FindAllIndex(data, -1) {
		blank(data, reference)
	}
	for i, b := range data {
		if b < ' ' && b != '\n' && b != '\t' {
			data[i] = ' '
		}
	}
	return data, nil
}

// blank overwrites a range of data with spaces but keeps its lines.
func blank(data []byte, at []int) []byte {
	if at == nil {
		return data
	}
	for i := at[0]; i < at[1]; i++ {
		if data[i] != '\n' {
			data[i] = ' '
		}
	}
	return data
}

// relicBytes is how many bytes beyond one for each character make it certain
// that a file which can be read as UTF-8 is UTF-8: about one in eight of the
// characters of GB18030 can be by chance.
const relicBytes = 8

// decode turns data into UTF-8. A declaration that the data belies is taken
// for the relic of a program that saved the file as UTF-8.
func decode(name string, data []byte, charset string) ([]byte, error) {
	if charset == "" {
		return data, nil
	}
	from, known := charsets[charset]
	if !known {
		return nil, errorAt(name, place(data, bytes.Index(data, []byte("encoding"))),
			"unknown encoding \""+charset+"\"", "save the map as UTF-8")
	}
	if from == nil || utf8.Valid(data) && len(data)-utf8.RuneCount(data) >= relicBytes {
		return data, nil
	}
	decoded, err := from.NewDecoder().Bytes(data)
	if at := bytes.IndexRune(decoded, utf8.RuneError); err != nil || at >= 0 {
		return nil, errorAt(name, place(decoded, max(at, 0)), "not valid "+charset+", which the first line says it is", "save the map as UTF-8")
	}
	return decoded, nil
}
