package conformance

import (
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"syscall"
	"testing"

	"warder/vault"
)

// guard runs a server until its own standard input ends, which it does at the latest with this process, however that ends.
// Then the whole group goes. SIGHUP, by which a server reads its certificate again, is for the server alone.
const guard = `trap "" HUP; "$0" "$@" & cat; kill -KILL 0`

// process is a server of one node, which can be killed and started again.
type process struct {
	bin, dir, config, log string
	running               *exec.Cmd // nil while it does not run
}

// start runs the server, with what it is told besides. Nothing of this process's own settings reaches it.
func (p *process) start(t *testing.T, besides ...string) {
	t.Helper()
	log, err := os.OpenFile(p.log, os.O_CREATE|os.O_APPEND|os.O_WRONLY, 0o600)
	works(t, "log", err)
	defer log.Close()
	cmd := exec.Command("sh", append([]string{"-c", guard, p.bin, "server", "-config=" + p.config}, besides...)...)
	cmd.Env = without(os.Environ(), "VAULT_", "BAO_")
	cmd.Stdout, cmd.Stderr = log, log
	cmd.SysProcAttr = &syscall.SysProcAttr{Setpgid: true}
	_, err = cmd.StdinPipe() // held open by not being closed
	works(t, "standard input", err)
	works(t, "start", cmd.Start())
	p.running = cmd
}

// kill ends the server and what it started, at once.
func (p *process) kill() {
	if p.running == nil {
		return
	}
	_ = syscall.Kill(-p.running.Process.Pid, syscall.SIGKILL)
	_ = p.running.Wait() // it says that it was killed
	p.running = nil
}

// tail is the end of what the server said.
func (p *process) tail() string {
	text, _ := os.ReadFile(p.log)
	return string(text[max(0, len(text)-3000):])
}

// without leaves variables out by the beginnings of their names, but for a licence, without which some builds do not run.
func without(env []string, beginnings ...string) []string {
	var out []string
	for _, v := range env {
		drop := false
		for _, b := range beginnings {
			drop = drop || strings.HasPrefix(v, b) && !strings.HasPrefix(v, "VAULT_LICENSE")
		}
		if !drop {
			out = append(out, v)
		}
	}
	return out
}

// processes are the servers of a cluster.
type processes struct {
	all       []*process
	authority *authority // nil without TLS
	c         *cluster
}

func (p *processes) kill(t *testing.T, node int) {
	t.Helper()
	p.all[node].kill()
}

// start runs a server and waits until it answers.
func (p *processes) start(t *testing.T, node int) {
	t.Helper()
	p.all[node].start(t)
	p.c.becomes(t, node, vault.CodeActive, vault.CodeStandby, vault.CodeUninit, vault.CodeSealed)
}

// certify gives a node a new certificate, and gives its fingerprint.
func (p *processes) certify(t *testing.T, node int) string {
	t.Helper()
	dir := p.all[node].dir
	return p.authority.certify(t, filepath.Base(dir), certificateIn(dir), keyIn(dir))
}

// renews has a running node show a new certificate.
func (p *processes) renews(t *testing.T, node int) string {
	t.Helper()
	fingerprint := p.certify(t, node)
	works(t, "hang up", syscall.Kill(-p.all[node].running.Process.Pid, syscall.SIGHUP))
	return fingerprint
}

// servers starts one server for each configuration. They are ended with the test, whatever becomes of it; one that failed
// shows what they said last.
func servers(t *testing.T, bin string, k kind, configs []config) *cluster {
	t.Helper()
	dir := t.TempDir()
	var addresses []string
	p, ca := &processes{}, []byte(nil)
	if configs[0].tls {
		p.authority = newAuthority(t)
		ca = p.authority.pem
	}
	for i, cfg := range configs {
		at := filepath.Join(dir, cfg.name)
		works(t, "directory", os.MkdirAll(dataIn(at), 0o700))
		one := &process{bin: bin, dir: at, config: filepath.Join(at, "config.hcl"), log: filepath.Join(at, "log")}
		works(t, "configuration", os.WriteFile(one.config, []byte(cfg.hcl(k, at)), 0o600))
		p.all = append(p.all, one)
		if cfg.tls {
			p.certify(t, i)
		}
		addresses = append(addresses, cfg.address())
	}
	t.Cleanup(func() {
		for _, one := range p.all {
			one.kill()
			if t.Failed() {
				t.Logf("%s:\n%s", one.config, one.tail())
			}
		}
	})
	p.c = newCluster(t, k, addresses, ca, p)
	p.c.bin = bin
	for i := range p.all {
		p.start(t, i)
	}
	return p.c
}
