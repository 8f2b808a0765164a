-- Browsers that somebody has logged in with. Both columns are hashes: of the cookie, and of the access token that it was
-- opened with. Taken by H2 and by PostgreSQL as it stands.

CREATE TABLE web_session (
    id         VARCHAR PRIMARY KEY,
    token_hash VARCHAR NOT NULL,
    opened_at  TIMESTAMP(6) WITH TIME ZONE NOT NULL,
    expires_at TIMESTAMP(6) WITH TIME ZONE NOT NULL
);
