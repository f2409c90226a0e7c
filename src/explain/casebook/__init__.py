"""The casebook: training cases as files a trainer can read and diff, one schema for them, and the checks.

A case is pseudonymised by construction: a running number, age in completed years, and a history in days before the
referral. It has no names, no dates and no places.
"""
