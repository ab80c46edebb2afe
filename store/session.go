package store

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
)

// A session is one connection and the statements that are prepared on it. A
// statement of a sql.DB would wait for a second connection inside a transaction,
// and a statement of a sql.Tx lives no longer than it.
type session struct {
	db    *sql.DB
	start string // what begins a transaction
	conn  *sql.Conn
	stmts map[string]*sql.Stmt
	open  bool
	trace func(q string, args []any) // nil for none
}

func newSession(db *sql.DB, start string) *session {
	return &session{db: db, start: start, stmts: map[string]*sql.Stmt{}}
}

func (se *session) stmt(ctx context.Context, q string) (stmt *sql.Stmt, err error) {
	if stmt = se.stmts[q]; stmt != nil {
		return stmt, nil
	}
	if se.conn == nil {
		if se.conn, err = se.db.Conn(ctx); err != nil {
			return nil, err
		}
	}
	if stmt, err = se.conn.PrepareContext(ctx, q); err != nil {
		return nil, fmt.Errorf("prepare %q: %w", q, err)
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

func (se *session) begin(ctx context.Context) error {
	if err := se.end(ctx, se.start); err != nil {
		return err
	}
	se.open = true
	return nil
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
		return errors.Join(err, se.close()) // the next use begins with a new connection
	}
	return nil
}

func (se *session) close() error {
	var err error
	for _, stmt := range se.stmts {
		err = errors.Join(err, stmt.Close())
	}
	if se.conn != nil {
		err = errors.Join(err, se.conn.Close())
	}
	trace := se.trace
	*se = *newSession(se.db, se.start)
	se.trace = trace
	return err
}
