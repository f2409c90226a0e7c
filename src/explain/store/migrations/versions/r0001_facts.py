"""Facts, content, commands, drafts, presence, erasures."""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None

NUMBER = sa.BigInteger().with_variant(sa.Integer, "sqlite")
NAME = sa.Text().with_variant(sa.Text(collation="C"), "postgresql")


def upgrade() -> None:
    """Make every table."""
    op.create_table(
        "commands",
        sa.Column("command_id", NAME, primary_key=True),
        sa.Column("stream", NAME, nullable=False),
        sa.Column("fingerprint", sa.Text, nullable=True),
    )
    op.create_table(
        "content",
        sa.Column("id", NUMBER, sa.Identity(), primary_key=True),
        sa.Column("body", sa.Text, nullable=True),
        sqlite_autoincrement=True,
    )
    op.create_table(
        "facts",
        sa.Column("position", NUMBER, sa.Identity(), primary_key=True),
        sa.Column("stream", NAME, nullable=False),
        sa.Column("version", sa.Integer, nullable=False),
        sa.Column("kind", sa.Text, nullable=False),
        sa.Column("schema_version", sa.Integer, nullable=False),
        sa.Column("command_id", NAME, sa.ForeignKey("commands.command_id"), nullable=False),
        sa.Column("part", sa.Integer, nullable=False),
        sa.Column("actor", sa.Text, nullable=False),
        sa.Column("bot", sa.Boolean, nullable=False),
        sa.Column("at", sa.BigInteger, nullable=False),
        sa.Column("browser_time", sa.BigInteger, nullable=True),
        sa.Column("body", sa.Text, nullable=False),
        sa.Column("content_id", NUMBER, sa.ForeignKey("content.id"), nullable=True, unique=True),
        sa.UniqueConstraint("stream", "version"),
        sa.UniqueConstraint("command_id", "part"),
        sqlite_autoincrement=True,
    )
    op.create_table(
        "drafts",
        sa.Column("stream", NAME, primary_key=True),
        sa.Column("name", NAME, primary_key=True),
        sa.Column("value", sa.Text, nullable=False),
        sa.Column("revision", sa.BigInteger, nullable=False),
        sa.Column("actor", sa.Text, nullable=False),
        sa.Column("at", sa.BigInteger, nullable=False),
    )
    op.create_table(
        "presence",
        sa.Column("participant", NAME, primary_key=True),
        sa.Column("place", NAME, nullable=False),
        sa.Column("at", sa.BigInteger, nullable=False),
    )
    op.create_table(
        "erasures",
        sa.Column("id", NUMBER, sa.Identity(), primary_key=True),
        sa.Column("prefix", NAME, nullable=False),
        sa.Column("actor", sa.Text, nullable=False),
        sa.Column("reason", sa.Text, nullable=False),
        sa.Column("at", sa.BigInteger, nullable=False),
        sa.Column("streams", sa.Integer, nullable=False),
        sa.Column("cleansed", sa.Boolean, nullable=False),
        sqlite_autoincrement=True,
    )
