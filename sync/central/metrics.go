package central

import (
	"net/http"
	"slices"

	"github.com/prometheus/client_golang/prometheus"
	"github.com/prometheus/client_golang/prometheus/promhttp"

	"scanbay/sync/wire"
)

// metrics are what Prometheus may ask for. They name no person and no goods.
type metrics struct {
	registry     *prometheus.Registry
	facts        prometheus.Counter
	commits      prometheus.Counter
	forks        prometheus.Counter
	problems     *prometheus.CounterVec
	requests     *prometheus.CounterVec
	acknowledged prometheus.Histogram
}

func newMetrics() *metrics {
	m := &metrics{registry: prometheus.NewRegistry(),
		facts: prometheus.NewCounter(prometheus.CounterOpts{Name: "scanbay_facts_total",
			Help: "Facts taken from stations."}),
		commits: prometheus.NewCounter(prometheus.CounterOpts{Name: "scanbay_commits_total",
			Help: "Transactions in which facts were taken."}),
		forks: prometheus.NewCounter(prometheus.CounterOpts{Name: "scanbay_forks_total",
			Help: "Logs that went two ways: clones and restored disks."}),
		problems: prometheus.NewCounterVec(prometheus.CounterOpts{Name: "scanbay_problems_total",
			Help: "Requests that were not answered, by what was wrong."}, []string{"problem"}),
		requests: prometheus.NewCounterVec(prometheus.CounterOpts{Name: "scanbay_requests_total",
			Help: "Requests, by path."}, []string{"path"}),
		acknowledged: prometheus.NewHistogram(prometheus.HistogramOpts{
			Name: "scanbay_push_seconds", Help: "From a push to its answer.",
			Buckets: prometheus.ExponentialBuckets(0.001, 2, 14)}),
	}
	m.registry.MustRegister(m.facts, m.commits, m.forks, m.problems, m.requests, m.acknowledged)
	return m
}

func (m *metrics) page() http.Handler {
	return promhttp.HandlerFor(m.registry, promhttp.HandlerOpts{})
}

// count counts requests by the paths that there are.
func (m *metrics) count(next http.Handler) http.Handler {
	return http.HandlerFunc(func(rw http.ResponseWriter, r *http.Request) {
		path := r.URL.Path
		if !slices.Contains(wire.Paths, path) {
			path = "other"
		}
		m.requests.WithLabelValues(path).Inc()
		next.ServeHTTP(rw, r)
	})
}
