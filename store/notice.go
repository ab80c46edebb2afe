package store

import "strings"

// A NoticeKind is what a customer is told of.
type NoticeKind string

// What customers are told of.
const (
	NoticeApproved NoticeKind = "return_approved"
	NoticeRejected NoticeKind = "return_rejected"
	NoticeAsked    NoticeKind = "return_asked"
	NoticeReceived NoticeKind = "return_received"
	NoticeRefund   NoticeKind = "return_refund"
	NoticeExchange NoticeKind = "return_exchange"
	NoticeBack     NoticeKind = "return_back" // their goods are on the way to them again

	NoticeConfirmed NoticeKind = "order_confirmed"
	NoticeShipped   NoticeKind = "order_shipped"
	NoticeDelayed   NoticeKind = "order_delayed"
	NoticeDelivered NoticeKind = "order_delivered"
)

// NoticeKinds lists them, for tests that must not miss one.
var NoticeKinds = []NoticeKind{NoticeApproved, NoticeRejected, NoticeAsked, NoticeReceived,
	NoticeRefund, NoticeExchange, NoticeBack, NoticeConfirmed, NoticeShipped, NoticeDelayed,
	NoticeDelivered}

// OfOrder says whether a notice is of an order that goes out, and no return.
func (k NoticeKind) OfOrder() bool { return strings.HasPrefix(string(k), "order_") }

// A Notice waits to be sent to a customer, by whatever sends them.
type Notice struct {
	Ref       string // the return, the order that is confirmed, or the slip that is sent
	Of        NoticeKind
	At        int64 // milliseconds UTC
	Recipient RecipientID
	Customer  string
	Channel   string
}

// notice has a customer told of something: it waits to be sent.
func notice[K ~string](at Stamp, id K, of NoticeKind, since int64) []Change {
	return []Change{notices.raise(at, id, of, since), todoKind(of).begun(at, id, since)}
}

// NoticeSent says that a customer was told of something that happened at a time.
type NoticeSent struct {
	About string     `json:"about"`
	Of    NoticeKind `json:"of"`
	Since int64      `json:"since"` // the notice's own time: what came later is another
	At    int64      `json:"at"`
}

func (NoticeSent) Kind() string  { return "notice_sent" }
func (e NoticeSent) Ref() string { return e.About }
func (e NoticeSent) apply(at Stamp) []Change {
	return []Change{noticesSent.raise(at, e.About, e.Of, e.Since, e.At),
		todoKind(e.Of).done(at, e.About, e.At)}
}

// Notices reads what waits to be sent, the oldest first. What is not so any more, such as a
// parcel that was sent and is here after all, is not told.
func (r *Reader) Notices(limit int) ([]Notice, error) {
	return all(r, func(n *Notice) []any {
		return []any{&n.Ref, &n.Of, &n.At, &n.Recipient, &n.Customer, &n.Channel}
	}, `
		SELECT n.ref, n.kind, n.at, coalesce(a.recipient, o.recipient, ''),
			coalesce(a.customer, o.customer, ''), coalesce(a.channel, o.channel, '')
		FROM todo t
		JOIN notice n ON n.wh = t.wh AND n.ref = t.ref AND n.kind = t.kind
		LEFT JOIN notice_sent s ON s.wh = n.wh AND s.ref = n.ref AND s.kind = n.kind
		LEFT JOIN rma a ON a.wh = n.wh AND a.rma = n.ref
		LEFT JOIN sales_order o ON o.wh = n.wh AND o.order_id =
			CASE WHEN n.kind = 'order_confirmed' THEN n.ref ELSE (SELECT min(q.order_id)
				FROM slip_source q WHERE q.wh = n.wh AND q.slip = n.ref) END
		WHERE t.wh = ? AND t.open = 1 AND t.kind IN ('return_approved', 'return_rejected',
			'return_asked', 'return_received', 'return_refund', 'return_exchange',
			'return_back', 'order_confirmed', 'order_shipped', 'order_delayed', 'order_delivered')
			AND (n.kind <> 'order_confirmed' OR EXISTS (SELECT 1 FROM order_state d
				WHERE d.wh = n.wh AND d.order_id = n.ref
					AND d.state NOT IN ('held', 'rejected', 'cancelled')))
			AND (n.kind <> 'order_shipped' OR EXISTS (SELECT 1 FROM departure d
				WHERE d.wh = n.wh AND d.slip = n.ref AND d.n > 0))
			AND (s.since IS NULL OR s.since < n.at AND n.kind <> 'return_received')
			AND (n.kind <> 'return_received' OR EXISTS (SELECT 1 FROM rma_goods g
				WHERE g.wh = n.wh AND g.rma = n.ref AND g.received > 0))
			AND (n.kind <> 'return_refund' OR EXISTS (SELECT 1 FROM refund f
				WHERE f.wh = n.wh AND f.rma = n.ref AND `+live+`))
		ORDER BY n.at, n.ref, n.kind LIMIT ?`,
		limit)
}
