"""Webhooks go to addresses that anybody on the internet has, however they are written, and to no other."""

from ipaddress import ip_address

import pytest
from assetversions.domain.addresses import allowed, receiver
from assetversions.domain.errors import Invalid

PUBLIC = ("1.1.1.1", "8.8.8.8", "93.184.215.14", "2606:4700:4700::1111", "::ffff:8.8.8.8")
OTHERS = (
    "0.0.0.0",  # noqa: S104
    "10.0.0.1",
    "100.64.0.1",
    "127.0.0.1",
    "127.255.255.254",
    "169.254.169.254",
    "169.254.170.2",
    "172.16.0.1",
    "172.31.255.255",
    "192.0.0.8",
    "192.0.2.1",
    "192.168.1.1",
    "198.18.0.1",
    "203.0.113.5",
    "224.0.0.1",
    "240.0.0.1",
    "255.255.255.255",
    "::",
    "::1",
    "::127.0.0.1",
    "::ffff:127.0.0.1",
    "::ffff:10.0.0.1",
    "::ffff:169.254.169.254",
    "64:ff9b::7f00:1",
    "64:ff9b::8.8.8.8",
    "64:ff9b:1::1",
    "2002:7f00:1::",
    "2002:808:808::",
    "2001:0:808:808:0:0:f7f7:f7f7",
    "2001:db8::1",
    "fc00::1",
    "fd00:ec2::254",
    "fe80::1",
    "fec0::1",
    "ff02::1",
)
NO_RECEIVERS = (
    "http://example.com/hook",
    "ftp://example.com/hook",
    "https:///hook",
    "https://user@example.com/hook",
    "https://user:secret@example.com/hook",
    "https://example.com/hook#part",
    "https://example.com:99999/hook",
    "https://example.com/two words",
    "https://exämple.com/hook",
    "https://127.0.0.1/hook",
    "https://[::1]/hook",
    "https://[::ffff:169.254.169.254]/hook",
    "https://10.1.2.3:8443/",
    "https://example.com\\@10.0.0.1/",
    "https://[fe80::1%25eth0]/",
    "https://[2606:4700:4700::1111%25lo]/",
    "https://a..b/",
    "https://.example.com/",
    "https://%31%32%37.0.0.1/",
    "https://" + "a" * 64 + ".com/",
    "example.com/hook",
    "https://example.com/" + "h" * 2_000,
    "",
)


@pytest.mark.parametrize("address", PUBLIC)
def test_a_public_address_is_allowed(address: str):
    assert allowed(ip_address(address))
    assert receiver(f"https://{f'[{address}]' if ':' in address else address}/hook", loopback=False)


@pytest.mark.parametrize("address", OTHERS)
def test_no_other_address_is(address: str):
    assert not allowed(ip_address(address))
    with pytest.raises(Invalid, match="url"):
        receiver(f"https://{f'[{address}]' if ':' in address else address}/hook", loopback=False)


@pytest.mark.parametrize("url", NO_RECEIVERS)
def test_an_address_that_tells_by_itself_that_nothing_may_be_sent_is_refused(url: str):
    with pytest.raises(Invalid, match="url"):
        receiver(url, loopback=False)


@pytest.mark.parametrize("url", ["http://127.0.0.1:9000/hook", "http://localhost:9000/", "http://[::1]/"])
def test_the_local_stage_reaches_this_machine_and_no_other_stage_does(url: str):
    assert receiver(url, loopback=True)
    with pytest.raises(Invalid, match="https"):
        receiver(url, loopback=False)


def test_the_local_stage_reaches_no_private_network_either():
    assert not allowed(ip_address("10.0.0.1"), loopback=True)
    with pytest.raises(Invalid, match="https"):
        receiver("http://10.0.0.1/", loopback=True)
