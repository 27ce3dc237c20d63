"""Xapian: stems and positions, BM25, snippets of its match sets."""

import json

import xapian

import peer

STEMMER = xapian.Stem("en")
# Words only: query operators are not compared.
PLAIN_WORDS = 0


def build(articles, folder):
    """Indexes title and body of each article as one text; stores the article."""
    database = xapian.WritableDatabase(folder, xapian.DB_CREATE_OR_OVERWRITE)
    terms = xapian.TermGenerator()
    terms.set_stemmer(STEMMER)
    for article in articles:
        document = xapian.Document()
        terms.set_document(document)
        terms.index_text(article["title"])
        # A gap, so that no phrase runs from the title into the body.
        terms.increase_termpos()
        terms.index_text(article["body"])
        document.set_data(json.dumps(article, ensure_ascii=False))
        database.add_document(document)
    database.commit()
    database.close()


def open_engine(folder):
    """A function from a query to its hits."""
    database = xapian.Database(folder)
    parser = xapian.QueryParser()
    parser.set_stemmer(STEMMER)
    parser.set_stemming_strategy(xapian.QueryParser.STEM_SOME)
    parser.set_default_op(xapian.Query.OP_OR)
    enquire = xapian.Enquire(database)

    def search(query):
        enquire.set_query(parser.parse_query(query, PLAIN_WORDS))
        matches = enquire.get_mset(0, peer.HITS)
        for match in matches:
            article = json.loads(match.document.get_data())
            snippet = matches.snippet(article["body"], peer.SNIPPET_BYTES, STEMMER)
            yield article["id"], match.weight, article["title"], snippet.decode()

    return search


if __name__ == "__main__":
    peer.main(build, open_engine)
