package store

import (
	"context"
	"database/sql/driver"
	"math"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"github.com/mindleaf/mindleaf/srs"
)

// TestPackRows wants what is unpacked to be what was packed, and nothing to be made of
// a piece that was cut off.
func TestPackRows(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		var p rowPacker
		var want, got []eventRow
		for range rapid.IntRange(1, 5).Draw(t, "rows") {
			var r eventRow
			var args []driver.Value
			for i := range r.n {
				r.n[i] = number(rapid.Int64().Draw(t, "number"))
				args = append(args, int64(r.n[i]))
			}
			r.text = words(rapid.String().Draw(t, "text"))
			if err := p.Step(nil, append(args, string(r.text))); err != nil {
				t.Fatal(err)
			}
			want = append(want, r)
		}
		for rest := p.all; len(rest) > 0; {
			var row []byte
			var err error
			if _, row, rest, err = nextPacked(rest); err != nil {
				t.Fatal(err)
			}
			var r eventRow
			if err := r.unpack(row); err != nil {
				t.Fatal(err)
			}
			got = append(got, r)
		}
		if diff := cmp.Diff(want, got, cmp.AllowUnexported(eventRow{})); diff != "" {
			t.Fatalf("(-want +got):\n%s", diff)
		}
		whole, _, _, _ := nextPacked(p.all)
		if _, _, _, err := nextPacked(whole[:rapid.IntRange(0, len(whole)-1).Draw(t, "cut")]); err == nil {
			t.Error("want an error for a piece")
		}
	})
}

// TestPackRowsInSQL packs rows of SQLite, one of which has a text with a zero byte in
// it.
func TestPackRowsInSQL(t *testing.T) {
	d := fresh(t)
	query := "SELECT " + packRows + "(-1, NULL, column1) FROM (VALUES ('甲' || char(0) || 'b'), (NULL), (''))"
	var all []byte
	if err := d.db.QueryRowContext(context.Background(), query).Scan(&all); err != nil {
		t.Fatal(err)
	}
	var got []string
	for rest := all; len(rest) > 0; {
		var row []byte
		var err error
		if _, row, rest, err = nextPacked(rest); err != nil {
			t.Fatal(err)
		}
		r := packedRow{rest: row}
		if n, none := r.number(), r.number(); n != -1 || none != 0 || r.err != nil {
			t.Errorf("got %d, %d, %v", n, none, r.err)
		}
		got = append(got, string(r.rest))
	}
	if diff := cmp.Diff([]string{"甲\x00b", "", ""}, got); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}

// TestPackRowsRefuses gives what a damaged file may hold in place of a number or a
// text.
func TestPackRowsRefuses(t *testing.T) {
	d := fresh(t)
	for _, args := range []string{"'one', NULL", "1.5, NULL", "x'00', NULL", "1, 2", "1, x'00'"} {
		var all []byte
		if err := d.db.QueryRowContext(context.Background(), "SELECT "+packRows+"("+args+")").Scan(&all); err == nil {
			t.Errorf("%s: got %q, want an error", args, all)
		}
	}
}

// TestUnpackFiled compares what is packed of a card with what is scanned of it, and
// wants an error where a number does not fit, or in a state one that no log has.
func TestUnpackFiled(t *testing.T) {
	d := fresh(t)
	numbers := []string{"1", "2", "3", "4", "-5", "6", "4294967295", "2", "20000", "40", "250", "7", "8", "9", "19000", "19001", "1", "19002", "6"}
	wanted, err := scanCard(d.db.QueryRow("SELECT " + strings.Join(numbers, ", ")))
	if err != nil {
		t.Fatal(err)
	}
	unpack := func(numbers []string) (filed, error) {
		var all []byte
		if err := d.db.QueryRow("SELECT " + packRows + "(" + strings.Join(numbers, ", ") + ", 1, NULL)").Scan(&all); err != nil {
			t.Fatal(err)
		}
		_, row, _, err := nextPacked(all)
		if err != nil {
			t.Fatal(err)
		}
		return unpackFiled(row)
	}
	got, err := unpack(numbers)
	if diff := cmp.Diff(filed{wanted, true}, got, cmp.AllowUnexported(filed{})); err != nil || diff != "" {
		t.Errorf("%v (-want +got):\n%s", err, diff)
	}
	for i := range numbers {
		large := append([]string(nil), numbers...)
		large[i] = "9223372036854775807"
		got, packed := unpack(large)
		if strange := got.State == (srs.State{Reviews: -1}); strange && packed == nil {
			packed = errRange
		}
		card, scanned := scanCard(d.db.QueryRow("SELECT " + strings.Join(large, ", ")))
		wide := card.ID == math.MaxInt64 || card.Deck == math.MaxInt64 || card.Leaf == math.MaxInt64 || card.Section == math.MaxInt64 ||
			card.Order == math.MaxInt64
		if wide != (scanned == nil) || wide != (packed == nil) && i != suspendedAt {
			t.Errorf("column %d: packed %v, scanned %v", i, packed, scanned)
		}
	}
	if _, err := unpackFiled(nil); err == nil {
		t.Error("want an error for no row")
	}
}

// suspendedAt is the column of cardColumns that is true or false.
const suspendedAt = 16
