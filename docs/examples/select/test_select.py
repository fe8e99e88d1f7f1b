import pytest
from botocore.exceptions import ClientError, EventStreamError

PEOPLE = "name,city,age\nAnn,Berlin,31\nBob,Paris,28\nEve,Berlin,45\n"


def people_in(s3, city):
    """Return the names of those who live in a city; it stands for your code."""
    answer = s3.select_object_content(
        Bucket="tables",
        Key="people.csv",
        ExpressionType="SQL",
        Expression=f"SELECT s.name FROM S3Object s WHERE s.city = '{city}'",
        InputSerialization={"CSV": {"FileHeaderInfo": "USE"}},
        OutputSerialization={"CSV": {}},
    )
    records = b"".join(event["Records"]["Payload"] for event in answer["Payload"] if "Records" in event)
    return records.decode().split()


@pytest.fixture
def people(fakecos):
    fakecos.create_bucket("tables")
    fakecos.put_object("tables", "people.csv", PEOPLE.encode())


def test_names_are_selected(people, fakecos_client):
    assert people_in(fakecos_client, "Berlin") == ["Ann", "Eve"]


def test_a_quote_in_the_name_of_a_city_breaks_the_expression(people, fakecos_client):
    with pytest.raises(ClientError, match="LexerInvalidLiteral"):
        people_in(fakecos_client, "L'Aquila")


def test_an_account_that_does_not_have_it(people, fakecos, fakecos_client):
    fakecos.inject("SelectObjectContent", error="MethodNotAllowed")
    with pytest.raises(ClientError, match="MethodNotAllowed"):
        people_in(fakecos_client, "Berlin")


def test_an_error_in_the_middle_of_the_stream(fakecos, fakecos_client):
    fakecos.create_bucket("tables")
    fakecos.put_object("tables", "ages.csv", b"31\n" * 50_000 + b"unknown\n")
    answer = fakecos_client.select_object_content(
        Bucket="tables",
        Key="ages.csv",
        ExpressionType="SQL",
        Expression="SELECT CAST(s._1 AS INT) FROM S3Object s",
        InputSerialization={"CSV": {}},
        OutputSerialization={"CSV": {}},
    )
    with pytest.raises(EventStreamError, match="CastFailed"):
        list(answer["Payload"])
