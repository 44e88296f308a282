//! The command line of `extract`.

mod args;
mod explain;
mod gazetteer;
mod lists;
mod run;
mod settings;
mod signal;
mod work;
mod write;

use std::io::{self, IsTerminal, Write};
use std::process::ExitCode;

use clap::{CommandFactory, Parser};
use extract::Extractor;

use args::{Args, Command};
use settings::Settings;

/// Wrong usage, bad data, or an input that failed.
pub(crate) const FAILED: u8 = 2;

fn main() -> ExitCode {
    let args = match Args::try_parse().and_then(Args::check) {
        Ok(args) => args,
        Err(error) => {
            let _ = error.print(); // help into a closed pipe is no failure
            return ExitCode::from(if error.use_stderr() { FAILED } else { 0 });
        }
    };
    match run(args) {
        Ok(status) => ExitCode::from(status),
        Err(error) if is_closed_pipe(&*error) => ExitCode::SUCCESS,
        Err(error) => {
            let _ = writeln!(io::stderr(), "extract: {error}");
            ExitCode::from(FAILED)
        }
    }
}

type AnyError = Box<dyn std::error::Error>;

/// Does what the arguments ask and gives the exit status.
fn run(args: Args) -> Result<u8, AnyError> {
    match args.command {
        Some(Command::Schema) => return print(extract::output::JSON_SCHEMA.as_bytes()),
        Some(Command::Explain(command)) => return explain::run(command),
        Some(Command::Gazetteer(command)) => return gazetteer::run(command),
        None => {}
    }
    if args.version {
        return print(version(args.json)?.as_bytes());
    }
    if args.paths.is_empty() && args.files_from.is_none() && io::stdin().is_terminal() {
        let help = Args::command().render_help();
        let _ = write!(io::stderr(), "{help}");
        return Ok(FAILED);
    }
    let (lines, exit_status) = (args.lines, args.exit_status);
    signal::install();
    let totals = run::run(Settings::new(args)?)?;
    Ok(match totals {
        _ if signal::is_set() => signal::INTERRUPTED,
        // A line contract (Spark pipe, Kafka) takes a status other than 0 for the death of the whole task.
        _ if totals.failed > 0 && !lines => FAILED,
        _ if exit_status && !totals.found => 1,
        _ => 0,
    })
}

fn print(bytes: &[u8]) -> Result<u8, AnyError> {
    let mut out = io::stdout().lock();
    out.write_all(bytes)?;
    out.flush()?;
    Ok(0)
}

fn version(json: bool) -> Result<String, AnyError> {
    let name = concat!("extract ", env!("CARGO_PKG_VERSION"), "\n");
    if !json {
        return Ok(name.to_owned());
    }
    let identity = Extractor::builder().build()?.extract("").doc.extract;
    let gazetteers = identity.gazetteers.replace(['"', '\\'], "");
    Ok(format!(
        "{{\"name\":\"extract\",\"version\":\"{}\",\"gazetteers\":\"{gazetteers}\",\"schema\":\"{}\"}}\n",
        env!("CARGO_PKG_VERSION"),
        extract::annotation::SCHEMA
    ))
}

fn is_closed_pipe(error: &(dyn std::error::Error + 'static)) -> bool {
    error.downcast_ref::<io::Error>().is_some_and(|error| error.kind() == io::ErrorKind::BrokenPipe)
}
