package demo

import (
	"fmt"
	"net/http"
	"slices"
	"time"
)

type (
	// StoreStatus gives a key store another status, one of the vendor's words. An empty Store is the first, here and below.
	StoreStatus struct{ Store, Status string }
	// StoreCertificates has a store's certificates end so many days from now; less than 0 is in the past.
	StoreCertificates struct {
		Store              string
		CADays, ClientDays int
	}
	// StoreRotated has a store use its key for so many days.
	StoreRotated struct {
		Store string
		Days  int
	}
	// StoreStalled has a store last look after its key service so long ago, and not again; 0 ends that.
	StoreStalled struct {
		Store string
		For   time.Duration
	}
	// StoreText has a store tell a field of its answer as the text says, whatever it means; an empty Field ends that.
	StoreText struct{ Store, Field, Text string }
	// StoreRefuse has a store answer everything with this status; 0 ends that.
	StoreRefuse struct {
		Store  string
		Status int
	}
)

func (f StoreStatus) apply(c *Cluster) error {
	s, err := c.store(f.Store)
	if err != nil {
		return err
	}
	if _, known := statuses[f.Status]; !known {
		return fmt.Errorf("no key store has the status %q; store-text tells any text", f.Status)
	}
	s.status = f.Status
	return nil
}

func (f StoreCertificates) apply(c *Cluster) error {
	s, err := c.store(f.Store)
	if err == nil {
		s.caEnds, s.clientEnds = c.at.AddDate(0, 0, f.CADays), c.at.AddDate(0, 0, f.ClientDays)
	}
	return err
}

func (f StoreRotated) apply(c *Cluster) error {
	s, err := c.store(f.Store)
	if err == nil {
		s.rotated = c.at.AddDate(0, 0, -f.Days)
	}
	return err
}

func (f StoreStalled) apply(c *Cluster) error {
	s, err := c.store(f.Store)
	if err == nil {
		if s.looked = (time.Time{}); f.For != 0 {
			s.looked = c.at.Add(-f.For)
		}
	}
	return err
}

// storeFields are what an answer tells.
var storeFields = []string{"type", "status", "ca_cert_expiry", "client_cert_expiry", "last_key_rotation_time", "last_status_update_time"}

func (f StoreText) apply(c *Cluster) error {
	s, err := c.store(f.Store)
	switch {
	case err != nil:
		return err
	case f.Field == "":
		s.texts = nil
	case !slices.Contains(storeFields, f.Field):
		return fmt.Errorf("no key store tells a field %q: want one of %v", f.Field, storeFields)
	default:
		if s.texts == nil {
			s.texts = map[string]string{}
		}
		s.texts[f.Field] = f.Text
	}
	return nil
}

func (f StoreRefuse) apply(c *Cluster) error {
	s, err := c.store(f.Store)
	switch {
	case err != nil:
		return err
	case f.Status != 0 && (f.Status < 400 || f.Status > 599 || http.StatusText(f.Status) == ""):
		return fmt.Errorf("%d is no status of an error", f.Status)
	}
	s.refuse = f.Status
	return nil
}
