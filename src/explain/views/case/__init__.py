"""The case beside every step: the referral as a professional would read it, and the history the registers hold."""
