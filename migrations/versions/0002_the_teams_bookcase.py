"""The team's bookcase."""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"


def upgrade() -> None:
    """Apply."""
    op.create_table(
        "owned_books",
        sa.Column("book_id", sa.String(length=64), nullable=False),
        sa.Column("account_id", sa.String(length=64), nullable=True),
        sa.Column("marked_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["account_id"], ["accounts.id"], name=op.f("fk_owned_books_account_id_accounts"), ondelete="SET NULL"
        ),
        sa.PrimaryKeyConstraint("book_id", name=op.f("pk_owned_books")),
    )


def downgrade() -> None:
    """Undo."""
    op.drop_table("owned_books")
