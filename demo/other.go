package demo

import (
	"net/http"
	"time"
)

// otherEndpoints are those that say little of the cluster: what a fresh server answers.
var otherEndpoints = family{
	"sys/replication/status":                 {gates: [products]gate{open, open, gone}, place: reader, get: getReplication},
	"sys/license/status":                     {gates: notInOurs, place: active},
	"sys/in-flight-req":                      {gates: withToken, sudo: true, get: getInFlight},
	"sys/internal/counters/activity/monthly": {gates: onlyVault, place: active, get: nothingCounted},
	"sys/internal/counters/tokens":           {gates: onlyBao, place: reader, get: countTokens},
	"sys/replication/dr/secondary/generate-operation-token/attempt": {
		gates: operationOpen, place: active, native: true,
		get: atSecondary(getAttempt), put: atSecondary(putAttempt), del: atSecondary(deleteAttempt),
	},
	"sys/replication/dr/secondary/generate-operation-token/update": {
		gates: operationOpen, place: active, native: true, put: atSecondary(putAttemptUpdate),
	},
	"sys/monitor":      {gates: withToken, place: asked, get: getMonitor},
	"sys/locked-users": {gates: withToken, place: reader, get: getLockedUsers},
	"sys/metrics":      {gates: withToken, get: getMetrics},
}

// getReplication is recorded of the community edition alone.
//
// After the documentation: what the enterprise edition answers.
func getReplication(q *request) answer {
	if q.c.plan.secondary {
		return q.dataOf("", map[string]any{
			"dr":          map[string]any{"mode": "secondary", "state": "stream-wals", "connection_state": "ready"},
			"performance": map[string]any{"mode": "disabled"},
		})
	}
	if q.c.plan.enterprise {
		off := map[string]any{"mode": "disabled"}
		return q.dataOf("", map[string]any{"dr": off, "performance": off})
	}
	return q.dataOf("", map[string]string{"mode": "disabled"})
}

func nothingCounted(*request) answer { return noContent() }

func nothingListed(*request) answer { return refuse(http.StatusNotFound) }

func listVersions(q *request) answer {
	version, built := baseVersion(q.at.version), "build_date"
	if q.c.product.bao() {
		built = "commit_date"
	}
	return q.data(map[string]any{
		"keys": []string{version},
		"key_info": map[string]any{version: map[string]any{
			built: builtOn, "previous_version": nil,
			"timestamp_installed": q.c.history.UTC().Truncate(time.Second).Format(time.RFC3339),
		}},
	})
}

// getInFlight shows the one request that the demo serves at a time: this one.
func getInFlight(q *request) answer {
	return reply(map[string]any{q.c.dice.uuid(): map[string]any{
		"start_time": q.c.at.UTC().Format(time.RFC3339Nano), "client_remote_address": "127.0.0.1:0",
		"request_path": "/v1/" + q.path, "request_method": q.method, "client_id": "",
	}})
}

func countTokens(q *request) answer {
	total := map[string]int{"total": len(q.c.tokens.byID)}
	return q.data(map[string]any{"counters": map[string]any{"service_tokens": total}})
}

func getLockedUsers(q *request) answer {
	namespaces := []any{}
	if q.c.product.bao() {
		namespaces = append(namespaces, map[string]any{
			"namespace_id": "root", "namespace_path": "", "counts": 0, "mount_accessors": []string{},
		})
	}
	return q.data(map[string]any{"by_namespace": namespaces, "total": 0})
}

func getMetrics(q *request) answer {
	if q.query.Get("format") == "prometheus" {
		return answer{status: http.StatusBadRequest, body: plainText("prometheus is not enabled")}
	}
	return reply(map[string]any{
		"Timestamp": q.c.at.UTC().String(), "Gauges": []any{}, "Counters": []any{}, "Samples": []any{},
	})
}
