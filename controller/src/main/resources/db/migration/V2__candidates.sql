-- A card that waits to take a node's place, whether the node's own card took one without a person's word, and the keys
-- that a person has refused. Taken by H2 and by PostgreSQL as it stands.

ALTER TABLE node ADD COLUMN candidate_json VARCHAR;

ALTER TABLE node ADD COLUMN replaced_by_itself BOOLEAN DEFAULT FALSE NOT NULL;

CREATE TABLE refused_key (
    sequence    BIGINT PRIMARY KEY,
    fingerprint VARCHAR NOT NULL
);
