"""What of the axis may pass (protocols A.3, A.4): codes, dates and facts of files; nobody's own words."""

from connectors.records import Shape


LISTING: Shape = {
    "docId": "code",
    "messageType": "word",
    "created_time": "date",
    "updated_time": "date",
    "from": "code",
    "to": "code",
    "status": "word",
}
AGENCY: Shape = {"id": "code", "code": "code", "name": "name", "code102": "code"}
SENT: Shape = {
    "senderDocId": "code",
    "fromCode": "code",
    "toCode": "code",
    "receiverDocId": "code",
    "notation": "code",
    "serviceType": "word",
    "messageType": "word",
    "sentTime": "date",
    "sendStatus": "word",
    "receivedTime": "date",
    "receiveStatus": "word",
}
PARTY: Shape = {"organ_id": "code"}
REFERENCE: Shape = {"organ_id": "code", "code": "code", "promulgation_date": "date", "document_id": "code"}
SIGNATURE: Shape = {
    "signer": "word",
    "issuer": "name",
    "signed_at": "date",
    "is_certificate_valid": "flag",
    "is_intact": "flag",
    "covers_whole": "flag",
    "is_modified": "flag",
    "algorithm": "code",
}
ATTACHMENT: Shape = {
    "extension": "word",
    "encoded_bytes": "number",
    "kind": "word",
    "error": "word",
    "zipped": "flag",
    "size": "number",
    "sha256": "digest",
    "is_signed": "flag",
    "signatures": SIGNATURE,
}
BUSINESS: Shape = {
    "doc_type": "word",
    "document_id": "code",
    "has_reason": "flag",
    "paper": "word",
    "receivers": {"organ_id": "code", "receiver_type": "word"},
    "replacements": {"document_id": "code", "organ_ids": "code"},
}
PACKET: Shape = {
    # Ours: why it could not be read.
    "error": "name",
    "kind": "word",
    "from": PARTY,
    "to": PARTY,
    "document_id": "code",
    "code_number": "code",
    "code_notation": "code",
    "promulgation_date": "date",
    "type_code": "word",
    "type_name": "word",
    "subject_sha256": "digest",
    "due_date": "date",
    "priority": "word",
    "page_amount": "word",
    "steering_type": "word",
    "response_for": REFERENCE,
    "business": BUSINESS,
    "trace": {"organ_id": "code", "timestamp": "date"},
    "has_signature": "flag",
    "attachments": ATTACHMENT,
    "status_code": "word",
    "timestamp": "date",
}
RECEIVED: Shape = {"listing": LISTING, "packet": PACKET}
