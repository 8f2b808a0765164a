package io.swarmctl.controller.store;

import io.swarmctl.common.wire.WireException;
import io.swarmctl.common.wire.WireJson;
import java.io.IOException;
import java.sql.ResultSet;
import java.sql.SQLDataException;
import java.sql.SQLException;
import java.sql.Types;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import org.jdbi.v3.core.argument.Argument;
import org.jspecify.annotations.Nullable;

/** Values in columns: times in UTC to the microsecond, JSON as text, enums by name. */
final class Column {
    private Column() {}

    static Argument at(@Nullable Instant time) {
        return (position, statement, context) -> {
            if (time == null) {
                statement.setNull(position, Types.TIMESTAMP_WITH_TIMEZONE);
            } else {
                // Not as java.sql.Timestamp, which has two meanings in the hour when summer time ends.
                statement.setObject(
                        position, time.truncatedTo(ChronoUnit.MICROS).atOffset(ZoneOffset.UTC));
            }
        };
    }

    static Instant time(ResultSet row, String column) throws SQLException {
        return row.getObject(column, OffsetDateTime.class).toInstant();
    }

    static <E extends Enum<E>> E choice(ResultSet row, String column, Class<E> type) throws SQLException {
        try {
            return Enum.valueOf(type, row.getString(column));
        } catch (IllegalArgumentException e) {
            throw new SQLDataException(column + " has an unknown value: " + e.getMessage(), e);
        }
    }

    static <T> String json(T value, Class<T> type) {
        return WireJson.write(value, type);
    }

    static <T> T required(ResultSet row, String column, Class<T> type) throws SQLException {
        return decoded(column, row.getString(column), type);
    }

    static <T> @Nullable T optional(ResultSet row, String column, Class<T> type) throws SQLException {
        String text = row.getString(column);
        return text == null ? null : decoded(column, text, type);
    }

    static <T> T decoded(String column, String text, Class<T> type) throws SQLException {
        try {
            return WireJson.read(text, type);
        } catch (WireException e) {
            throw new SQLDataException(column + " is damaged: " + e.getMessage(), e);
        }
    }

    static String opened(Vault vault, String field, String sealed) throws SQLException {
        try {
            return vault.openText(field, sealed);
        } catch (IOException e) {
            throw new SQLDataException(e.getMessage(), e);
        }
    }
}
