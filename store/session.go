package store

import (
	"context"
	"database/sql"
	"database/sql/driver"
	"errors"
	"fmt"
	"sync"
)

// A session is one connection and the statements that are prepared on it. A
// statement of a sql.DB would wait for a second connection inside a transaction,
// and a statement of a sql.Tx lives no longer than it.
type session struct {
	db    *DB
	pool  *sql.DB
	start string // what begins a transaction
	lock  string // and keeps the warehouse to it; empty for nothing
	conn  *sql.Conn
	stmts map[string]*sql.Stmt
	open  bool
	trace func(q string, args []any) // nil for none
}

func (se *session) stmt(ctx context.Context, q string) (stmt *sql.Stmt, err error) {
	if stmt = se.stmts[q]; stmt != nil {
		return stmt, nil
	}
	if se.conn == nil {
		if se.conn, err = se.pool.Conn(ctx); err != nil {
			return nil, err
		}
	}
	if stmt, err = se.conn.PrepareContext(ctx, se.db.bind(q)); err != nil {
		return nil, fmt.Errorf("prepare %q: %w", q, err)
	}
	if se.stmts == nil {
		se.stmts = map[string]*sql.Stmt{}
	}
	se.stmts[q] = stmt
	return stmt, nil
}

// traced is stmt for a statement that is about to run with args.
func (se *session) traced(ctx context.Context, q string, args []any) (*sql.Stmt, error) {
	if se.trace != nil {
		se.trace(q, args)
	}
	return se.stmt(ctx, q)
}

func (se *session) begin(ctx context.Context, wh WarehouseID) error {
	used := se.conn != nil
	err := se.end(ctx, se.start)
	if err != nil && used && ctx.Err() == nil {
		se.drop() // it may have died while nobody used it; nothing has happened yet
		err = se.end(ctx, se.start)
	}
	if err != nil {
		se.drop() // who was cut off may have begun
		return err
	}
	se.open = true
	if se.lock == "" {
		return nil
	}
	stmt, err := se.stmt(ctx, se.lock)
	if err != nil {
		return err
	}
	_, err = stmt.ExecContext(ctx, wh)
	return err
}

// end runs one of the words that begin and end a transaction.
func (se *session) end(ctx context.Context, word string) error {
	stmt, err := se.stmt(ctx, word)
	if err == nil {
		_, err = stmt.ExecContext(ctx)
	}
	if err != nil {
		return fmt.Errorf("%s: %w", word, err)
	}
	se.open = false
	return nil
}

// rollback ends a transaction, whatever became of its context. An engine may
// have ended it already, after an error: then there is nothing to end.
func (se *session) rollback() error {
	if !se.open {
		return nil
	}
	if err := se.end(context.Background(), "ROLLBACK"); err != nil {
		return errors.Join(err, se.close()) // the next use takes a connection anew
	}
	return nil
}

// rollbackPanic is deferred: who panics in a transaction must not leave it to the next
// who gets this session.
func (se *session) rollbackPanic() {
	if se.open {
		_ = se.rollback() // the panic goes on
	}
}

func (se *session) close() error {
	se.forget()
	if se.conn == nil {
		return nil
	}
	err := se.conn.Close()
	se.conn = nil
	if errors.Is(err, sql.ErrConnDone) {
		err = nil // it had died
	}
	return err
}

// drop closes a connection of which nobody knows where it stands, for good: given back, it would
// be lent to the next with its transaction open.
func (se *session) drop() {
	se.forget()
	if se.conn != nil {
		_ = se.conn.Raw(func(any) error { return driver.ErrBadConn }) // which ends it
		se.conn = nil
	}
}

// forget closes what is prepared, while its connection is there.
func (se *session) forget() {
	for _, stmt := range se.stmts {
		_ = stmt.Close() // it says again what its last run said
	}
	se.stmts, se.open = nil, false
}

// A pool lends sessions. The one that came back last goes first: its statements are
// prepared, and no more connections are opened than work at once.
type pool struct {
	free  chan struct{} // one for each session that is there
	mu    sync.Mutex
	there []*session
}

func newPool(size int) *pool { return &pool{free: make(chan struct{}, size)} }

func (p *pool) take() *session {
	<-p.free
	p.mu.Lock()
	defer p.mu.Unlock()
	last := len(p.there) - 1
	se := p.there[last]
	p.there = p.there[:last]
	return se
}

func (p *pool) give(se *session) {
	p.mu.Lock()
	p.there = append(p.there, se)
	p.mu.Unlock()
	p.free <- struct{}{}
}
