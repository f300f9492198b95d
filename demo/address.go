package demo

import (
	"net"
	"net/url"
	"os"
	"strconv"
	"syscall"
)

// host is the host and port of the node's API address.
func (n *node) host() string {
	u, err := url.Parse(n.api)
	if err != nil {
		return n.api
	}
	return u.Host
}

// address gives a node its place on loopback. Its cluster address is another port, at which nobody listens: Raft is
// simulated.
func (n *node) address(at *net.TCPAddr, scheme string) {
	n.api = scheme + at.String()
	port := at.Port + 1000
	if port > 65535 {
		port = at.Port - 1000
	}
	n.cluster = net.JoinHostPort(at.IP.String(), strconv.Itoa(port))
}

// refusedDial is the error of connecting to a port at which nobody listens.
func refusedDial() error {
	return &net.OpError{Op: "dial", Net: "tcp", Err: os.NewSyscallError("connect", syscall.ECONNREFUSED)}
}
