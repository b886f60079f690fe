//! Where a run takes place: for each engine one settled database that every seed gets a copy of.

use std::path::PathBuf;

use diudat::store::Db;

use crate::cluster::Cluster;
use crate::disk::Disk;
use crate::proxy::Proxy;
use crate::support::{Engine, sql};
use crate::town::Town;

pub struct Ground {
    pub engine: Engine,
    pub town: Town,
    pub cluster: Option<Cluster>,
    /// The settled database: a file, or a name in the cluster.
    template: String,
    folder: tempfile::TempDir,
}

/// One seed's own database.
pub struct Place {
    /// Where the nodes find it.
    pub near: String,
    /// Where the harness finds it, with nothing between.
    pub direct: String,
    pub proxy: Option<Proxy>,
    pub disk: Option<Disk>,
    name: String,
}

impl Ground {
    pub async fn prepare(engine: Engine) -> Self {
        let folder = tempfile::Builder::new().prefix("diudat-faults-").tempdir().expect("a folder");
        let mut cluster = (engine == Engine::Postgres).then(Cluster::start);
        let (template, url) = match &mut cluster {
            Some(cluster) => {
                let name = cluster.database(None).await;
                let url = Cluster::url(cluster.folder(), &name);
                (name, url)
            }
            None => {
                let file = folder.path().join("settled.db").display().to_string();
                (file.clone(), format!("sqlite://{file}"))
            }
        };
        let db = Db::open(&url, 2).await.expect("the schema applies");
        let town = Town::found(&db).await;
        db.close().await;
        Self { engine, town, cluster, template, folder }
    }

    /// A copy of the settled database, on a small disk of its own if that is asked for and can be.
    pub async fn place(&mut self, seed: u64, on_disk: bool) -> Place {
        match &mut self.cluster {
            Some(cluster) => {
                let name = cluster.database(Some(&self.template)).await;
                let proxy = Proxy::before(cluster.folder());
                let direct = Cluster::url(cluster.folder(), &name);
                let near = Cluster::url(proxy.folder(), &name);
                Place { near, direct, proxy: Some(proxy), disk: None, name }
            }
            None => {
                let disk = if on_disk { Disk::mount() } else { None };
                let folder = disk.as_ref().map_or(self.folder.path(), Disk::path);
                let name = folder.join(format!("{seed}.db")).display().to_string();
                std::fs::copy(&self.template, &name).expect("a copy");
                let url = format!("sqlite://{name}");
                Place { near: url.clone(), direct: url, proxy: None, disk, name }
            }
        }
    }

    pub async fn clear(&mut self, place: &Place) {
        match &self.cluster {
            Some(cluster) => cluster.drop_database(&place.name).await,
            None => {
                for end in ["", "-wal", "-shm", "-leader"] {
                    let _ = std::fs::remove_file(format!("{}{end}", place.name));
                }
            }
        }
    }

    /// Where the logs of a seed's nodes go.
    pub fn log(&self, seed: u64) -> PathBuf {
        self.folder.path().join(format!("{seed}.log"))
    }
}

impl Place {
    /// Changes the database behind the program's back.
    pub async fn sql(&self, text: &str) {
        sql(&self.direct, text).await;
    }
}
