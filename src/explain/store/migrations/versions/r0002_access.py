"""People, links, sign-ins, PINs, attempts."""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None

NAME = sa.Text().with_variant(sa.Text(collation="C"), "postgresql")


def upgrade() -> None:
    """Make the tables of what opens doors."""
    op.create_table(
        "people",
        sa.Column("person", NAME, primary_key=True),
        sa.Column("name", sa.Text, nullable=False),
        sa.Column("name_key", NAME, nullable=False, unique=True),
        sa.Column("password_hash", sa.Text, nullable=False),
    )
    op.create_table(
        "links",
        sa.Column("token_hash", NAME, primary_key=True),
        sa.Column("person", NAME, nullable=False),
        sa.Column("expires", sa.BigInteger, nullable=False),
        sa.Column("first", sa.Boolean, nullable=False),
    )
    op.create_table(
        "sign_ins",
        sa.Column("id_hash", NAME, primary_key=True),
        sa.Column("person", NAME, nullable=False),
        sa.Column("expires", sa.BigInteger, nullable=False),
    )
    op.create_index("ix_sign_ins_person", "sign_ins", ["person"])
    op.create_table(
        "pins",
        sa.Column("participant", NAME, primary_key=True),
        sa.Column("pin_hash", sa.Text, nullable=False),
    )
    op.create_table(
        "attempts",
        sa.Column("what", NAME, primary_key=True),
        sa.Column("whom", NAME, primary_key=True),
        sa.Column("tries", sa.Integer, nullable=False),
        sa.Column("last", sa.BigInteger, nullable=False),
    )
