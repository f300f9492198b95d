package demo

import (
	"bufio"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/url"
	"sync/atomic"
	"testing"
)

const manyNodes = 500

// BenchmarkStart makes a cluster of 500 nodes and opens all its ports.
func BenchmarkStart(b *testing.B) {
	for b.Loop() {
		c := manyServed(b)
		b.StopTimer()
		c.Close()
		b.StartTimer()
	}
}

// BenchmarkHealthReads reads sys/health of 500 nodes over loopback, on connections that stay open. The reader is as
// thin as it can be, since it shares the processor with the demo.
func BenchmarkHealthReads(b *testing.B) {
	c := manyServed(b)
	defer c.Close()
	addresses := c.Addresses()
	var next atomic.Int64
	b.ResetTimer()
	b.RunParallel(func(pb *testing.PB) {
		reader, err := newThinReader(addresses[int(next.Add(7))%len(addresses)])
		if err != nil {
			b.Error(err)
			return
		}
		defer reader.conn.Close()
		for pb.Next() {
			if err := reader.health(); err != nil {
				b.Error(err)
				return
			}
		}
	})
	b.ReportMetric(float64(b.N)/b.Elapsed().Seconds(), "reads/s")
}

func manyServed(b *testing.B) *Cluster {
	c, err := New(Options{Scenario: "healthy", Nodes: manyNodes})
	if err != nil {
		b.Fatal(err)
	}
	if err := c.Listen("127.0.0.1:0"); err != nil {
		b.Fatal(err)
	}
	return c
}

// thinReader asks one node again and again.
type thinReader struct {
	conn net.Conn
	in   *bufio.Reader
}

func newThinReader(address string) (*thinReader, error) {
	u, err := url.Parse(address)
	if err != nil {
		return nil, err
	}
	conn, err := net.Dial("tcp", u.Host)
	if err != nil {
		return nil, err
	}
	return &thinReader{conn, bufio.NewReader(conn)}, nil
}

func (r *thinReader) health() error {
	if _, err := io.WriteString(r.conn, "GET /v1/sys/health HTTP/1.1\r\nHost: demo\r\n\r\n"); err != nil {
		return err
	}
	a, err := http.ReadResponse(r.in, nil)
	if err != nil {
		return err
	}
	defer a.Body.Close()
	if a.StatusCode != http.StatusOK && a.StatusCode != http.StatusTooManyRequests {
		return fmt.Errorf("status %d", a.StatusCode)
	}
	_, err = io.Copy(io.Discard, a.Body)
	return err
}
