package io.tidescope.app.client;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;

import org.junit.jupiter.api.Test;

final class ListingsTest {
    @Test
    void aSymbolReadsAsFileLineAndDeclaration() throws Exception {
        assertThat(
                        Listings.symbols(
                                json(
                                        """
                                        {"items": [{"name": "put", "kind": "method",
                                          "container": "shop.Basket", "signature": "(Item): void",
                                          "repository": "acme/shop", "path": "src/Basket.java",
                                          "line": 12}]}
                                        """)))
                .containsExactly("src/Basket.java:12: method shop.Basket.put(Item): void");
    }

    @Test
    void aMatchReadsAsRepositoryPlaceAndLine() throws Exception {
        assertThat(
                        Listings.match(
                                json(
                                        """
                                        {"repository": "acme/shop",
                                         "path": "src/Basket.java", "text": "    put(item);",
                                         "range": {"line": 3, "column": 5}}
                                        """)))
                .isEqualTo("acme/shop src/Basket.java:3:5  put(item);");
    }

    @Test
    void aFieldReadsWithItsType() throws Exception {
        assertThat(
                        Listings.symbols(
                                json(
                                        """
                                        {"items": [{"name": "size", "kind": "field",
                                          "container": "shop.Basket", "signature": "int",
                                          "repository": "acme/shop", "path": "src/Basket.java",
                                          "line": 3}]}
                                        """)))
                .containsExactly("src/Basket.java:3: field shop.Basket.size: int");
    }

    @Test
    void placesInSeveralRepositoriesStartWithTheRepository() throws Exception {
        assertThat(
                        Listings.occurrences(
                                json(
                                        """
                                        {"items": [
                                          {"role": "call", "repository": "a/one", "path": "A.java",
                                           "line": 3, "text": "    put(1);"},
                                          {"role": "read", "repository": "a/two", "path": "B.java",
                                           "line": 4, "text": "x = put;"}]}
                                        """)))
                .containsExactly(
                        "a/one:A.java:3: put(1);  [call]", "a/two:B.java:4: x = put;  [read]");
    }

    @Test
    void repositoriesStandInColumnsWithWhatIsUnderWay() throws Exception {
        assertThat(
                        Listings.repositories(
                                json(
                                        """
                                        {"items": [{"repository": "acme/shop", "refs": [
                                          {"ref": "refs/heads/main", "state": "indexed",
                                           "commit": "0123456789abcdef0123", "javaFiles": 1234},
                                          {"ref": "refs/heads/next", "state": "pending",
                                           "commit": null, "javaFiles": 0,
                                           "publishing": {"published": 5, "total": 9}}]}]}
                                        """)))
                .containsExactly(
                        "REPOSITORY  REF   STATE                        COMMIT        FILES",
                        "acme/shop   main  indexed                      0123456789ab  1,234",
                        "acme/shop   next  pending (publishing 5 of 9)  -             0");
    }

    @Test
    void aDocumentShowsThePartsThatWereAskedFor() throws Exception {
        assertThat(
                        Listings.document(
                                json(
                                        """
                                        {"path": "A.java",
                                         "outline": [{"name": "A", "kind": "class", "signature": "",
                                           "line": 1, "children": [
                                             {"name": "go", "kind": "method", "signature": "(): int",
                                              "line": 2, "children": []}]}],
                                         "problems": [{"code": "syntax", "message": "no semicolon",
                                           "range": {"line": 7}}]}
                                        """)))
                .containsExactly(
                        "1: class A", "  2: method go(): int", "A.java:7: syntax: no semicolon");
    }

    private static JsonNode json(String text) throws Exception {
        return new ObjectMapper().readTree(text);
    }
}
