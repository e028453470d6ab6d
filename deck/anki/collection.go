package anki

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"os"
	"strings"
	"sync"
	"unicode"

	"modernc.org/sqlite"
)

// maxCellBytes is the longest text or blob that is read from a collection.
const maxCellBytes = 8 << 20

// limitLength is SQLITE_LIMIT_LENGTH.
const limitLength = 0

// collection is an open collection file.
type collection struct {
	db     *sql.DB
	conn   *sql.Conn
	file   string
	schema int
}

// registerUnicase makes Anki's collation known to SQLite: Unicode letters
// without regard to case. A collection cannot be read without it.
var registerUnicase = sync.OnceValue(func() error {
	return sqlite.RegisterCollationUtf8("unicase", func(a, b string) int {
		return strings.Compare(foldCase(a), foldCase(b))
	})
})

func foldCase(s string) string { return strings.Map(unicode.ToLower, strings.ToUpper(s)) }

// openCollection opens a collection file, which is the collection's own from
// then on. Where the system allows it the file is taken out of its folder at
// once, so that nothing is left behind when the program is killed.
func openCollection(ctx context.Context, file string) (c *collection, err error) {
	c = &collection{file: file}
	defer func() {
		if err != nil {
			err = errors.Join(err, c.close())
		}
	}()
	if err := registerUnicase(); err != nil {
		return nil, err
	}
	// The file says that it has a write-ahead log; immutable keeps SQLite from
	// making one.
	name := fileURL(file) +
		"?mode=ro&immutable=1&_pragma=trusted_schema(0)&_pragma=cell_size_check(1)&_pragma=temp_store(1)&_pragma=cache_size(-1000)"
	if c.db, err = sql.Open("sqlite", name); err != nil {
		return c, err
	}
	if c.conn, err = c.db.Conn(ctx); err != nil {
		return c, fmt.Errorf("%w: opening the collection: %w", ErrDamaged, err)
	}
	if _, err := sqlite.Limit(c.conn, limitLength, maxCellBytes); err != nil {
		return c, err
	}
	if err := c.check(ctx); err != nil {
		return c, err
	}
	if os.Remove(file) == nil {
		c.file = ""
	}
	return c, nil
}

func (c *collection) close() error {
	var err error
	if c.conn != nil {
		err = c.conn.Close()
	}
	if c.db != nil {
		err = errors.Join(err, c.db.Close())
	}
	if c.file != "" {
		err = errors.Join(err, os.Remove(c.file))
	}
	return err
}

// check refuses what is no collection, or one of a schema that is not known,
// and tables that are something else in disguise.
func (c *collection) check(ctx context.Context) error {
	if err := c.conn.QueryRowContext(ctx, "SELECT ver FROM col").Scan(&c.schema); err != nil {
		return fmt.Errorf("%w: reading the collection: %w", ErrDamaged, err)
	}
	switch {
	case c.schema > 18:
		return fmt.Errorf("%w (schema %d)", ErrTooNew, c.schema)
	case c.schema != 11 && c.schema < 14:
		return fmt.Errorf("%w: the collection has the schema %d, which no Anki exports", ErrDamaged, c.schema)
	}
	return c.rows(ctx, func(r *sql.Rows) error {
		var kind, name, text string
		if err := r.Scan(&kind, &name, &text); err != nil {
			return err
		}
		text = strings.ToUpper(text)
		if kind == "view" || strings.HasPrefix(text, "CREATE VIRTUAL") || strings.Contains(text, "GENERATED") || strings.Contains(text, " AS (") {
			return fmt.Errorf("%w: %s is not a plain table", ErrDamaged, name)
		}
		return nil
	}, "SELECT type, name, coalesce(sql, '') FROM sqlite_master WHERE type IN ('table', 'view')")
}

// rows calls scan for each row of a query.
func (c *collection) rows(ctx context.Context, scan func(*sql.Rows) error, query string, args ...any) (err error) {
	rows, err := c.conn.QueryContext(ctx, query, args...)
	if err != nil {
		return c.explain(ctx, err)
	}
	defer func() { err = c.explain(ctx, errors.Join(err, rows.Err(), rows.Close())) }()
	for rows.Next() {
		if err := scan(rows); err != nil {
			return err
		}
	}
	return nil
}

// explain says of an error that SQLite or a scan gives that the package is to
// blame, unless it was interrupted.
func (c *collection) explain(ctx context.Context, err error) error {
	if err == nil || errors.Is(err, ErrDamaged) || errors.Is(err, errVisitor) {
		return err
	}
	if ctx.Err() != nil {
		return ctx.Err()
	}
	return fmt.Errorf("%w: %w", ErrDamaged, err)
}
