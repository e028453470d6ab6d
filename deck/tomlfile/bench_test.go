package tomlfile

import (
	"bytes"
	"fmt"
	"testing"

	"github.com/BurntSushi/toml"

	"github.com/mindleaf/mindleaf/deck"
)

// plainDeck is a deck file as the TOML package would decode it by itself.
type plainDeck struct {
	Format int
	Deck   struct{ ID, Title, Language, About string }
	Leaf   []struct {
		Path        []string
		Text, Level string
		Card        []struct {
			ID, Kind, Front, Back, Note, Source string
			Choices, Accept, Tags, Media        []string
		}
	}
}

// largeDeck is a deck file of about 1 MB.
func largeDeck(b testing.TB) []byte {
	d := &deck.Deck{Format: 1, ID: "large", Title: "Large", Language: "zh"}
	for i := range 1600 {
		leaf := deck.Leaf{Path: []string{"LLM基础概念", "工作原理", fmt.Sprintf("第%d组", i/10)},
			Text: "Positional Encoding：处理序列顺序", Level: deck.Beginner}
		for j := range 2 {
			leaf.Entries = append(leaf.Entries, deck.Entry{
				ID: deck.CardID(fmt.Sprintf("card-%d-%d", i, j)), Front: "Transformer 为什么需要 Positional Encoding？",
				Back: "自注意力本身不区分词的先后，要另外告诉它每个词的位置。", Note: "没有它，打乱词序后的输出只是同样地被打乱。",
				Choices: []deck.Option{{Text: "缩短训练时间"}, {Text: "减少参数"}, {Text: "压缩词表"}},
			})
		}
		d.Leaves = append(d.Leaves, leaf)
	}
	var out bytes.Buffer
	if err := Write(&out, d); err != nil {
		b.Fatal(err)
	}
	return out.Bytes()
}

// BenchmarkParse compares Parse with the TOML package alone, which gives
// neither places nor problems, and with the scan alone.
func BenchmarkParse(b *testing.B) {
	data := largeDeck(b)
	text := string(data)
	run := func(name string, f func() error) {
		b.Run(name, func(b *testing.B) {
			b.SetBytes(int64(len(data)))
			b.ReportAllocs()
			for b.Loop() {
				if err := f(); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
	run("parse", func() error { _, err := Parse("large.toml", data); return err })
	run("plain", func() error { var d plainDeck; _, err := toml.Decode(text, &d); return err })
	run("scan", func() error { scan(text); return nil })
	d, err := Parse("large.toml", data)
	if err != nil {
		b.Fatal(err)
	}
	run("write", func() error { var out bytes.Buffer; return Write(&out, d) })
}
