"""The register: a synthetic Danish register of referrals, made from a seed, and the 126 variables of Pilot #2.

Nobody in it exists. It is made for teaching and research: it gives what no real register can, a true probability for
every referral, known in advance. No model made from it may ever be used about a real child.
"""
