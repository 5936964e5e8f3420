use std::net::Ipv4Addr;

use super::*;

const HOSTILE: IpAddr = IpAddr::V4(Ipv4Addr::new(10, 0, 0, 66));
const NAT: IpAddr = IpAddr::V4(Ipv4Addr::new(10, 0, 0, 1));

fn connections(total: usize) -> Arc<Connections> {
    Connections::new(ConnectionLimits {
        total,
        per_address: total / 2,
        of_seats: total / 4 * 3,
        of_owners: total / 8 * 7,
        per_seat: 2,
        per_facilitator: 2,
        ..ConnectionLimits::within(None)
    })
}

fn seat(number: u32) -> Owner {
    Owner::Seat(WorkshopId::from_bits(1), SeatId::new(number))
}

fn kept(places: &[Place]) -> usize {
    places.iter().filter(|place| !place.is_lost()).count()
}

#[test]
fn one_address_holds_its_share_and_the_newest_stay() {
    let connections = connections(40);
    let hostile: Vec<Place> = (0..100)
        .filter_map(|_| connections.admit(HOSTILE))
        .collect();
    assert_eq!(kept(&hostile), 20);
    assert_eq!(kept(&hostile[80..]), 20);
}

#[test]
fn when_places_are_short_the_address_with_the_most_loses_one() {
    let connections = connections(40);
    let honest: Vec<Place> = (0..10).filter_map(|_| connections.admit(NAT)).collect();
    let mut hostile = Vec::new();
    for n in 0..200 {
        let address = IpAddr::V4(Ipv4Addr::new(10, 0, 0, 60 + n % 3));
        hostile.extend(connections.admit(address));
    }
    assert_eq!(kept(&honest), 10);
    assert_eq!(kept(&hostile), 30);
}

#[test]
fn whoever_waits_for_a_request_goes_before_whoever_is_answered() {
    let connections = connections(8);
    let first = connections.admit(NAT).unwrap();
    let request = first.connection().answering();
    let others: Vec<Place> = (0..7).filter_map(|_| connections.admit(NAT)).collect();
    assert!(!first.is_lost());
    assert_eq!(kept(&others), 3);
    drop(request);
    // The newest of those that wait: the others go first.
    let more: Vec<Place> = (0..3).filter_map(|_| connections.admit(NAT)).collect();
    assert_eq!((first.is_lost(), kept(&more)), (false, 3));
    let last = connections.admit(NAT).unwrap();
    assert_eq!((first.is_lost(), last.is_lost()), (true, false));
}

#[test]
fn people_with_a_seat_are_kept_and_newcomers_still_get_in() {
    let connections = connections(16);
    let mut seats = Vec::new();
    for number in 1..=40 {
        let place = connections.admit(NAT).unwrap();
        place.connection().belongs_to(seat(number));
        seats.push(place);
    }
    assert_eq!(kept(&seats[..12]), 12, "as many as seats may hold");
    let facilitator = connections.admit(HOSTILE).unwrap();
    let owner = Owner::Facilitator(FacilitatorId::from_bits(1));
    facilitator.connection().belongs_to(owner);
    let hostile: Vec<Place> = (0..100)
        .filter_map(|_| connections.admit(HOSTILE))
        .collect();
    assert!(!facilitator.is_lost());
    assert_eq!(kept(&seats[..12]), 12);
    assert!(!hostile.last().unwrap().is_lost());
}

#[test]
fn one_seat_keeps_no_more_than_its_own() {
    let connections = connections(40);
    let own: Vec<Place> = (0..10).filter_map(|_| connections.admit(NAT)).collect();
    for place in &own {
        place.connection().belongs_to(seat(1));
    }
    let anonymous = own.iter().filter(|one| one.connection().is_anonymous());
    assert_eq!(anonymous.count(), 8);
}

#[test]
fn places_are_given_back() {
    let connections = connections(40);
    for _ in 0..3 {
        let hostile: Vec<Place> = (0..100)
            .filter_map(|_| connections.admit(HOSTILE))
            .collect();
        hostile[90].connection().belongs_to(seat(1));
        let request = hostile[91].connection().answering();
        drop(hostile);
        drop(request);
        let table = connections.table();
        assert_eq!((table.open, table.ending, table.of_seats), (0, 0, 0));
        assert!(table.slots.is_empty() && table.anonymous.is_empty() && table.owned.is_empty());
    }
}
