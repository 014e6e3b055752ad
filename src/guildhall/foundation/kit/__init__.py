"""Small named modules that know no room: page components, refusals, locks, identifiers, fault points."""
