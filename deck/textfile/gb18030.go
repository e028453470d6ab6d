package textfile

import (
	"unicode/utf8"

	"golang.org/x/text/encoding/simplifiedchinese"
)

// FromGB18030 turns text in GB18030 into UTF-8, the encoding in which Chinese Excel
// and older Chinese programs write. That encoding has no mark, so it must be beyond
// doubt: nearly all that is no ASCII is of the characters of GB 2312, and these are
// spread over its rows as in Chinese. It reports false for any other data, and for
// UTF-8.
func FromGB18030(data []byte) (text []byte, ok bool) {
	if utf8.Valid(data) || !isChinese(data) {
		return nil, false
	}
	text, err := simplifiedchinese.GB18030.NewDecoder().Bytes(data)
	return text, err == nil
}

// A character has two bytes, of which the first one says in which row it stands. The
// upper rows of GB 2312 have the common characters from she to zuo and the less
// common ones: a good third of any Chinese text, but of one in Korean, whose
// syllables end before them, next to nothing.
const (
	kana, lastKana = 0xA4, 0xA5
	firstHan       = 0xB0
	upperHan       = 0xC9
	lastHan        = 0xF7
)

func isChinese(data []byte) bool {
	han, upper, japanese, rare := 0, 0, 0, 0
	for i := 0; i < len(data); i++ {
		row := data[i]
		switch {
		case row < ' ' && row != '\t' && row != '\n' && row != '\r' || row == 0x7F:
			return false
		case row < utf8.RuneSelf:
			continue
		case row == 0x80 || i+1 == len(data) || data[i+1] < 0x40 || data[i+1] == 0xFF:
			return false
		case row < 0xA1 || row > lastHan || data[i+1] < 0xA1: // not in GB 2312
			rare++
		case row >= upperHan:
			upper++
			han++
		case row >= firstHan:
			han++
		case row == kana || row == lastKana:
			japanese++
		}
		i++
	}
	return han > 0 && 10*upper >= han && 10*japanese <= han && 10*rare <= han
}
