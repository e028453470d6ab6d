package store

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"time"
)

// txn is a transaction that compiles every query once.
type txn struct {
	tx       *sql.Tx
	compiled map[string]*sql.Stmt
	// lasting holds what DB.answers compiled for all transactions.
	lasting map[string]*sql.Stmt
	reading bool   // and nothing may be written
	device  string // the name of this machine when the store was opened
}

// errReading says that a transaction which only reads was to write.
var errReading = errors.New("this transaction only reads")

// tx runs f in one transaction that writes. It is durable when tx returns nil.
func (d *DB) tx(ctx context.Context, doing string, f func(*txn) error) error {
	if err := d.makeRoom(ctx); err != nil {
		return d.explain(doing, err)
	}
	return d.within(ctx, doing, nil, f)
}

// read runs f in one transaction that sees one state of the store, and keeps
// nobody from writing.
func (d *DB) read(ctx context.Context, doing string, f func(*txn) error) error {
	if err := d.makeRoom(ctx); err != nil {
		return d.explain(doing, err)
	}
	return d.within(ctx, doing, &sql.TxOptions{ReadOnly: true}, f)
}

// makeRoom lets SQLite keep cacheKB in memory from now on.
func (d *DB) makeRoom(ctx context.Context) error {
	if !d.roomy.CompareAndSwap(false, true) {
		return nil
	}
	return d.setCache(ctx, cacheKB)
}

// importCacheKB is how much SQLite keeps in memory, in KiB, while other programs'
// cards are indexed. Their identities are hashes, so that each goes to another page
// of an index: with fewer in memory twice as much is written.
const importCacheKB = 3000

// ExpectImport makes the store ready to index many cards whose identities are in no
// order, at the cost of some memory until it is closed or a log is merged.
func (d *DB) ExpectImport(ctx context.Context) error {
	return d.explain("making room for an import", d.setCache(ctx, importCacheKB))
}

// setCache lets SQLite keep so many KiB in memory until it is called again.
func (d *DB) setCache(ctx context.Context, kb int) error {
	d.roomy.Store(true)
	_, err := d.db.ExecContext(ctx, fmt.Sprintf("PRAGMA cache_size = -%d", kb))
	return err
}

func (d *DB) within(ctx context.Context, doing string, o *sql.TxOptions, f func(*txn) error) error {
	begin := d.begin
	if o != nil && o.ReadOnly {
		begin = func(ctx context.Context) (*sql.Tx, error) { return d.db.BeginTx(ctx, o) }
	}
	tx, err := begin(ctx)
	if err != nil {
		return d.explain(doing, err)
	}
	if err := f(&txn{tx: tx, compiled: make(map[string]*sql.Stmt), lasting: d.lasting, reading: o != nil && o.ReadOnly, device: d.device}); err != nil {
		// What f met counts. SQLite itself rolls back on a full disk, for
		// example, and then there is nothing left to roll back.
		_ = tx.Rollback()
		return d.explain(doing, err)
	}
	return d.explain(doing, tx.Commit())
}

// nextTry is the time between two tries of begin; fillGap must be longer.
const nextTry = 250 * time.Microsecond

// begin begins a transaction that writes. It asks for its turn far more often than
// SQLite does, whose tries soon are a tenth of a second apart: a long import, or one
// who answers without a pause, leaves the store to others for moments only, and those
// would be missed one after the other.
func (d *DB) begin(ctx context.Context) (tx *sql.Tx, err error) {
	if err := d.inPlace(); err != nil {
		return nil, err
	}
	if err := setPatience(ctx, d.db, 0); err != nil {
		return nil, err
	}
	start := time.Now()
	tx, err = d.db.BeginTx(ctx, nil)
	for isBusy(err) && time.Since(start) < d.patience {
		time.Sleep(nextTry)
		tx, err = d.db.BeginTx(ctx, nil)
	}
	if tx == nil {
		return nil, errors.Join(err, setPatience(context.WithoutCancel(ctx), d.db, d.patience))
	}
	if err := setPatience(ctx, tx, d.patience); err != nil {
		return nil, errors.Join(err, tx.Rollback())
	}
	return tx, nil
}

// notBusy is err, nil when it is that another holds the store.
func notBusy(err error) error {
	if isBusy(err) {
		return nil
	}
	return err
}

// setPatience sets how long a connection waits for another that holds the store.
func setPatience(ctx context.Context, on interface {
	ExecContext(context.Context, string, ...any) (sql.Result, error)
}, wait time.Duration) error {
	_, err := on.ExecContext(ctx, fmt.Sprintf("PRAGMA busy_timeout = %d", wait.Milliseconds()))
	return err
}

// compile returns the statement of a query; it is closed with the transaction.
func (t *txn) compile(ctx context.Context, query string) (*sql.Stmt, error) {
	if s := t.compiled[query]; s != nil {
		return s, nil
	}
	s, err := t.lasting[query], error(nil)
	if s != nil {
		s = t.tx.StmtContext(ctx, s)
	} else if s, err = t.tx.PrepareContext(ctx, query); err != nil {
		return nil, err
	}
	t.compiled[query] = s
	return s, nil
}

// ExecContext runs a single statement.
func (t *txn) ExecContext(ctx context.Context, query string, args ...any) (sql.Result, error) {
	if t.reading {
		return nil, errReading
	}
	s, err := t.compile(ctx, query)
	if err != nil {
		return nil, err
	}
	return s.ExecContext(ctx, args...)
}

// QueryContext runs a query. The same query must not run twice at a time.
func (t *txn) QueryContext(ctx context.Context, query string, args ...any) (*sql.Rows, error) {
	s, err := t.compile(ctx, query)
	if err != nil {
		return nil, err
	}
	return s.QueryContext(ctx, args...)
}

// QueryRowContext runs a query of which the first row counts.
func (t *txn) QueryRowContext(ctx context.Context, query string, args ...any) *sql.Row {
	s, err := t.compile(ctx, query)
	if err != nil {
		return t.tx.QueryRowContext(ctx, query, args...) // and meet the error again
	}
	return s.QueryRowContext(ctx, args...)
}

// brief runs queries that are over at once, and so need not be interrupted while they
// run: for each that could be, the driver and database/sql start a goroutine, which
// together were a tenth of the time to the first question.
type brief struct{ *DB }

// QueryContext runs a query, unless ctx is done.
func (d brief) QueryContext(ctx context.Context, query string, args ...any) (*sql.Rows, error) {
	return d.db.QueryContext(unlessDone(ctx), query, args...)
}

// QueryRowContext runs a query of which the first row counts, unless ctx is done.
func (d brief) QueryRowContext(ctx context.Context, query string, args ...any) *sql.Row {
	return d.db.QueryRowContext(unlessDone(ctx), query, args...)
}

func unlessDone(ctx context.Context) context.Context {
	if ctx.Err() != nil {
		return ctx
	}
	return context.WithoutCancel(ctx)
}

// briefly is brief, unless f looks into cards for what it selects.
func (d *DB) briefly(f Filter) querier {
	if f.Query != nil {
		return d.db
	}
	return brief{d}
}

// cached runs queries that stay compiled: a sitting asks every deck for new cards
// with the same one, and for each card what it says.
type cached struct{ *DB }

// QueryContext runs a query and keeps it compiled.
func (d cached) QueryContext(ctx context.Context, query string, args ...any) (*sql.Rows, error) {
	s, err := d.compile(ctx, query)
	if err != nil {
		return nil, err
	}
	return s.QueryContext(ctx, args...)
}

// QueryRowContext runs a query of which the first row counts, and keeps it compiled.
func (d cached) QueryRowContext(ctx context.Context, query string, args ...any) *sql.Row {
	s, err := d.compile(ctx, query)
	if err != nil {
		return d.db.QueryRowContext(ctx, query, args...) // and meet the error again
	}
	return s.QueryRowContext(ctx, args...)
}

func (d cached) compile(ctx context.Context, query string) (*sql.Stmt, error) {
	d.compiling.Lock()
	defer d.compiling.Unlock()
	if s := d.compiled[query]; s != nil {
		return s, nil
	}
	s, err := d.db.PrepareContext(ctx, query)
	if err != nil {
		return nil, err
	}
	if d.compiled == nil {
		d.compiled = make(map[string]*sql.Stmt)
	}
	d.compiled[query] = s
	return s, nil
}

// answers compiles, once, the queries that every answer runs. It takes its turn
// with transactions for the only connection.
func (d *DB) answers(ctx context.Context) error {
	d.compiling.Lock()
	defer d.compiling.Unlock()
	if d.lasting != nil {
		return nil
	}
	lasting := make(map[string]*sql.Stmt)
	for _, query := range []string{
		selectCard, nextEvent, selectScheduler, insertEvent, updateCard, updateSectionCount, updateLevelCount, upsertDay,
		upsertTotal, upsertSection, upsertHour, updatePage,
	} {
		s, err := d.db.PrepareContext(ctx, query)
		if err != nil {
			return d.explain("preparing to record", err)
		}
		lasting[query] = s
	}
	d.lasting = lasting
	return nil
}
