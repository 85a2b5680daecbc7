//! Which matrix of MITRE ATT&CK a technique belongs to.

use std::ops::RangeInclusive;

/// A matrix. A layer shows one.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum AttackDomain {
    /// Servers, desks, clouds and networks.
    Enterprise,
    /// Industrial control systems.
    Ics,
    /// Phones and tablets.
    Mobile,
}

/// The version of ATT&CK whose numbers stand below, of November 2025. They are those of its published STIX files, with
/// techniques that were revoked, because scenarios may still name them. A number is in one matrix at most.
pub const ATTACK_VERSION: &str = "18.1";

/// The numbers of both matrices that share them.
const ENTERPRISE_OR_MOBILE: [RangeInclusive<u16>; 2] = [1001..=1223, 1398..=1681];

/// Those of them that are of the mobile matrix.
const MOBILE: [RangeInclusive<u16>; 21] = [
    1398..=1478,
    1481..=1481,
    1507..=1510,
    1512..=1513,
    1516..=1517,
    1520..=1521,
    1523..=1523,
    1532..=1533,
    1540..=1541,
    1544..=1544,
    1575..=1577,
    1579..=1579,
    1581..=1582,
    1603..=1605,
    1616..=1618,
    1623..=1646,
    1655..=1655,
    1658..=1658,
    1660..=1664,
    1670..=1670,
    1676..=1676,
];

/// Those of them that no technique has.
const UNUSED: [u16; 8] = [1479, 1511, 1515, 1524, 1545, 1549, 1551, 1607];

/// The numbers for industrial control systems. They have no sub-techniques.
const ICS: [RangeInclusive<u16>; 2] = [800..=875, 877..=895];

impl AttackDomain {
    /// All of them.
    pub const ALL: [Self; 3] = [Self::Enterprise, Self::Ics, Self::Mobile];

    /// The domain of a technique by its id. `None` if there is no such technique, or it is newer than [`ATTACK_VERSION`].
    #[must_use]
    pub fn of_technique(id: &str) -> Option<Self> {
        let id = id.strip_prefix('T')?;
        let number: u16 = id.split('.').next()?.parse().ok()?;
        let is_in = |ranges: &[RangeInclusive<u16>]| ranges.iter().any(|it| it.contains(&number));
        if is_in(&ICS) {
            return (!id.contains('.')).then_some(Self::Ics);
        }
        if is_in(&MOBILE) {
            return Some(Self::Mobile);
        }
        let is_enterprise = is_in(&ENTERPRISE_OR_MOBILE) && !UNUSED.contains(&number);
        is_enterprise.then_some(Self::Enterprise)
    }

    /// What ATT&CK calls it in its files.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Enterprise => "enterprise-attack",
            Self::Ics => "ics-attack",
            Self::Mobile => "mobile-attack",
        }
    }

    /// The word for it in arguments.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Self::Enterprise => "enterprise",
            Self::Ics => "ics",
            Self::Mobile => "mobile",
        }
    }
}

#[cfg(test)]
mod tests {
    use super::AttackDomain;

    #[test]
    fn a_technique_has_one_domain_or_none() {
        let cases = [
            ("T1566.001", Some(AttackDomain::Enterprise)),
            ("T1486", Some(AttackDomain::Enterprise)),
            ("T1480", Some(AttackDomain::Enterprise)),
            ("T1480.001", Some(AttackDomain::Enterprise)),
            ("T1482", Some(AttackDomain::Enterprise)),
            ("T1657", Some(AttackDomain::Enterprise)),
            ("T0886", Some(AttackDomain::Ics)),
            ("T0800", Some(AttackDomain::Ics)),
            ("T1398", Some(AttackDomain::Mobile)),
            ("T1474.003", Some(AttackDomain::Mobile)),
            ("T1481", Some(AttackDomain::Mobile)),
            ("T1508", Some(AttackDomain::Mobile)),
            ("T1636.004", Some(AttackDomain::Mobile)),
            ("T1660", Some(AttackDomain::Mobile)),
            ("T0886.001", None),
            ("T0876", None),
            ("T0001", None),
            ("T1225", None),
            ("T1250", None),
            ("T1511", None),
            ("T1682", None),
            ("T9999", None),
        ];
        for (id, expected) in cases {
            assert_eq!(AttackDomain::of_technique(id), expected, "{id}");
        }
    }

    /// How many numbers the STIX files of ATT&CK 18.1 give to each matrix.
    #[test]
    fn every_number_of_a_matrix_is_known() {
        let counts = AttackDomain::ALL.map(|domain| {
            let ids = (0..10_000).map(|number| format!("T{number:04}"));
            ids.filter(|id| AttackDomain::of_technique(id) == Some(domain))
                .count()
        });
        assert_eq!(counts, [356, 95, 143]);
    }
}
