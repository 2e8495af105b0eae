"""Start over: neutral pages and an empty ledger in place of what was there, which is kept aside."""
