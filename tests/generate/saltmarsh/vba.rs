//! A macro project made from scratch: the smallest `vbaProject.bin` that holds one honest macro.
//!
//! Source text only, no compiled code: a version of FFFF hex tells Office to compile it anew.
//! After MS-OVBA (the project) and MS-CFB (the compound file around it).

const MACRO: &str = "Attribute VB_Name = \"Module1\"\r\n\
    ' Sorts the children by the worker who holds them.\r\n\
    Sub SortByWorker()\r\n\
    \x20   With ActiveSheet.Range(\"A4\").CurrentRegion\r\n\
    \x20       .Sort Key1:=.Columns(2), Header:=xlYes\r\n\
    \x20   End With\r\n\
    End Sub\r\n";

/// The project's bytes.
pub fn project() -> Vec<u8> {
    let book = document("ThisWorkbook", "00020819");
    let sheet = document("Sheet1", "00020820");
    compound_file(&[
        ("PROJECT", properties().into_bytes()),
        ("dir", compressed(&directory())),
        ("Sheet1", compressed(sheet.as_bytes())),
        ("Module1", compressed(MACRO.as_bytes())),
        ("ThisWorkbook", compressed(book.as_bytes())),
        ("_VBA_PROJECT", vec![0xCC, 0x61, 0xFF, 0xFF, 0, 0, 0]),
    ])
}

/// The module behind the workbook or a sheet, with nothing in it.
fn document(name: &str, class: &str) -> String {
    format!(
        "Attribute VB_Name = \"{name}\"\r\n\
         Attribute VB_Base = \"0{{{class}-0000-0000-C000-000000000046}}\"\r\n\
         Attribute VB_GlobalNameSpace = False\r\nAttribute VB_Creatable = False\r\n\
         Attribute VB_PredeclaredId = True\r\nAttribute VB_Exposed = True\r\n\
         Attribute VB_TemplateDerived = False\r\nAttribute VB_Customizable = True\r\n"
    )
}

const ID: &str = "{00000000-0000-0000-0000-000000000000}";

fn properties() -> String {
    format!(
        "ID=\"{ID}\"\r\nDocument=ThisWorkbook/&H00000000\r\nDocument=Sheet1/&H00000000\r\nModule=Module1\r\n\
         Name=\"VBAProject\"\r\nHelpContextID=\"0\"\r\nVersionCompatible32=\"393222000\"\r\n\
         CMG=\"{}\"\r\nDPB=\"{}\"\r\nGC=\"{}\"\r\n\r\n[Host Extender Info]\r\n\
         &H00000001={{3832D640-CF90-11CF-8E43-00A0C911005A}};VBE;&H00000000\r\n\r\n\
         [Workspace]\r\nThisWorkbook=0, 0, 0, 0, C\r\nSheet1=0, 0, 0, 0, C\r\nModule1=0, 0, 0, 0, C\r\n",
        veiled(&[0, 0, 0, 0]), // not protected
        veiled(&[0]),          // no password
        veiled(&[0xFF]),       // visible
    )
}

/// The obfuscation of MS-OVBA 2.4.3.2, with a seed of nought.
fn veiled(data: &[u8]) -> String {
    let key = ID.bytes().fold(0u8, u8::wrapping_add);
    let mut out = vec![0, 2, key];
    let (mut plain, mut last, mut before) = (key, key, 2u8); // the last two veiled bytes
    let length = (data.len() as u32).to_le_bytes();
    for byte in length.iter().chain(data) {
        let next = byte ^ before.wrapping_add(plain);
        out.push(next);
        (before, last, plain) = (last, next, *byte);
    }
    out.iter().map(|byte| format!("{byte:02X}")).collect()
}

/// The `dir` stream: what the project consists of.
fn directory() -> Vec<u8> {
    let mut out = Vec::new();
    let mut record = |id: u16, data: &[u8]| {
        out.extend(id.to_le_bytes());
        out.extend((data.len() as u32).to_le_bytes());
        out.extend(data);
    };
    record(0x01, &1u32.to_le_bytes()); // 32-bit Windows
    record(0x02, &0x409u32.to_le_bytes());
    record(0x14, &0x409u32.to_le_bytes());
    record(0x03, &1252u16.to_le_bytes());
    record(0x04, b"VBAProject");
    for id in [0x05, 0x40, 0x06, 0x3D] {
        record(id, &[]); // no description, no help file
    }
    record(0x07, &[0; 4]);
    record(0x08, &[0; 4]);
    record(0x09, &[1, 0, 0, 0]); // major version; the minor one stands outside the stated length
    out.extend([0, 0]);
    let mut record = |id: u16, data: &[u8]| {
        out.extend(id.to_le_bytes());
        out.extend((data.len() as u32).to_le_bytes());
        out.extend(data);
    };
    record(0x0C, &[]);
    record(0x3C, &[]);
    record(0x0F, &3u16.to_le_bytes());
    record(0x13, &[0xFF, 0xFF]);
    for (name, kind) in [("ThisWorkbook", 0x22), ("Sheet1", 0x22), ("Module1", 0x21)] {
        let wide: Vec<u8> = name.encode_utf16().flat_map(u16::to_le_bytes).collect();
        record(0x19, name.as_bytes());
        record(0x47, &wide);
        record(0x1A, name.as_bytes());
        record(0x32, &wide);
        record(0x1C, &[]);
        record(0x48, &[]);
        record(0x31, &[0; 4]); // source starts at the first byte
        record(0x1E, &[0; 4]);
        record(0x2C, &[0xFF, 0xFF]);
        record(kind, &[]);
        record(0x2B, &[]);
    }
    record(0x10, &[]);
    out
}

/// The container of MS-OVBA 2.4.1 with literal tokens only: larger than need be, and plain.
fn compressed(data: &[u8]) -> Vec<u8> {
    let mut tokens = Vec::new();
    for eight in data.chunks(8) {
        tokens.push(0);
        tokens.extend(eight);
    }
    assert!(tokens.len() <= 4096, "one chunk is enough");
    let header = (tokens.len() as u16 - 1) | 0xB000;
    [&[1], &header.to_le_bytes()[..], &tokens].concat()
}

const END: u32 = 0xFFFF_FFFE;
const FREE: u32 = 0xFFFF_FFFF;
const SECTOR: usize = 512;
const SMALL: usize = 64;

/// A compound file with a storage `VBA` that holds every stream but the first.
///
/// The order of entries and the shape of their tree are fixed for the six streams of [`project`].
fn compound_file(streams: &[(&str, Vec<u8>)]) -> Vec<u8> {
    // All streams are small and lie in 64-byte sectors within one stream of the root.
    let (mut small, mut chains, mut starts) = (Vec::new(), Vec::new(), Vec::new());
    for (_, data) in streams {
        starts.push(chains.len() as u32);
        let sectors = data.len().div_ceil(SMALL);
        for at in 1..=sectors {
            chains.push(if at == sectors { END } else { chains.len() as u32 + 1 });
        }
        small.extend(data);
        small.resize(chains.len() * SMALL, 0);
    }
    assert!(chains.len() <= SECTOR / 4, "one sector of chains is enough");
    let held = small.len().div_ceil(SECTOR);

    // Sectors: 0 allocation, 1–2 directory, 3 small chains, 4… the small stream.
    let mut allocation = vec![0xFFFF_FFFD, 2, END, END];
    for at in 1..=held as u32 {
        allocation.push(if at == held as u32 { END } else { 4 + at });
    }
    let mut out = header();
    out.extend(words(&allocation));
    let none = FREE;
    out.extend(entry("Root Entry", 5, 1, [none, none, 1], 4, small.len()));
    out.extend(entry("VBA", 1, 1, [none, 2, 5], 0, 0));
    let links = [[none, none], [none, 4], [none, none], [3, 6], [none, 7], [none, none]];
    let black = [0, 1, 0, 1, 1, 0];
    for (at, (name, data)) in streams.iter().enumerate() {
        let [left, right] = links[at];
        out.extend(entry(name, 2, black[at], [left, right, none], starts[at], data.len()));
    }
    out.extend(words(&chains));
    small.resize(held * SECTOR, 0);
    out.extend(small);
    out
}

fn header() -> Vec<u8> {
    let mut out = vec![0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1];
    out.extend([0; 16]);
    for word in [0x3Eu16, 3, 0xFFFE, 9, 6, 0, 0, 0] {
        out.extend(word.to_le_bytes());
    }
    // No directory count in this version, one allocation sector, directory at 1, cut-off, small chains at 3.
    for word in [0, 1, 1, 0, 4096, 3, 1, END, 0, 0] {
        out.extend(u32::to_le_bytes(word));
    }
    out.resize(SECTOR, 0xFF);
    out
}

/// One sector of numbers, padded as free.
fn words(numbers: &[u32]) -> Vec<u8> {
    let mut out: Vec<u8> = numbers.iter().flat_map(|number| number.to_le_bytes()).collect();
    out.resize(SECTOR, 0xFF);
    out
}

fn entry(name: &str, kind: u8, black: u8, links: [u32; 3], start: u32, size: usize) -> Vec<u8> {
    let mut out: Vec<u8> = name.encode_utf16().flat_map(u16::to_le_bytes).collect();
    out.resize(64, 0);
    out.extend((2 * name.len() as u16 + 2).to_le_bytes());
    out.extend([kind, black]);
    out.extend(links.iter().flat_map(|link| link.to_le_bytes()));
    out.extend([0; 36]); // class, state and times: none
    out.extend(start.to_le_bytes());
    out.extend((size as u64).to_le_bytes());
    out
}
